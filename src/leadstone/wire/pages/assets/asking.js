// One question after the other without an empty page between them. Without this script each is a page of its own, sent alike.
const main = document.getElementById("main");
const left = new Map(); // number of a step → what stood there; it is gone with the page
let step = 0;

function focusOn(place) {
  const wrong = place.querySelector("[role=alert]") && place.querySelector("[aria-invalid]");
  const heading = place.querySelector(".ask");
  if (wrong) wrong.focus();
  else if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  if (!wrong) scrollTo({ top: 0 });
}

/* A page that brings a script of its own (the small sum against floods) gets it here too. */
function withScripts(coming) {
  for (const script of coming.querySelectorAll("script[src]")) {
    if (document.querySelector(`script[src="${script.getAttribute("src")}"]`)) continue;
    const wanted = document.createElement("script");
    wanted.type = "module";
    wanted.src = script.getAttribute("src");
    document.body.append(wanted);
  }
}

function show(coming) {
  left.set(step, [document.title, [...main.childNodes]]);
  step += 1;
  history.pushState({ step }, "");
  document.title = coming.title;
  main.replaceChildren(...coming.getElementById("main").childNodes);
  withScripts(coming);
  focusOn(main);
}

addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-asking]") || event.defaultPrevented || form.dataset.plain) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
    const coming = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.redirected || !coming.getElementById("main")) throw new Error("another page");
    show(coming);
  } catch {
    // Then as without a script: the browser says itself what is wrong.
    form.dataset.plain = "1";
    form.requestSubmit(event.submitter);
  } finally {
    form.ariaBusy = "false";
  }
});

/* A page that comes back in the history is no new one: how far the form came stands in the last page that arrived. */
function withPace(pace) {
  const form = main.querySelector("[data-asking]");
  if (!form || !pace) return;
  const field = form.elements.namedItem("pace") ?? form.appendChild(document.createElement("input"));
  Object.assign(field, { type: "hidden", name: "pace", value: pace });
}

addEventListener("popstate", (event) => {
  const wanted = event.state?.step ?? 0;
  const pace = main.querySelector("[name=pace]")?.value;
  left.set(step, [document.title, [...main.childNodes]]);
  const stood = left.get(wanted);
  if (!stood) {
    location.reload();
    return;
  }
  step = wanted;
  document.title = stood[0];
  main.replaceChildren(...stood[1]);
  withPace(pace);
  focusOn(main);
});
