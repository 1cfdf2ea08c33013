/* Keys: `/` search, `?` help, `g` then a letter to go somewhere, and the key that an element names in data-key. */
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const AFTER_G_MS = 1200;
let wentAt = 0;

function typing(event) {
  return event.target.closest?.(TYPING) || event.ctrlKey || event.metaKey || event.altKey;
}

/* The first that can be seen: what a closed drawer holds does not listen to keys. */
function seen(selector) {
  return [...document.querySelectorAll(selector)].find((each) => each.hidden || each.checkVisibility());
}

function follow(element) {
  if (!element) return false;
  if (element.matches("summary")) open(element.parentElement);
  else if (element.matches("input, select, textarea")) element.focus();
  else element.click();
  return true;
}

/* A drawer that a key opens is there to be filled in; one whose answers are keys waits for them, and types nothing. */
function open(drawer) {
  drawer.open = true;
  const answer = drawer.querySelector("button[data-key]");
  const field = drawer.querySelector("[data-first]") ?? (answer
    ? drawer.querySelector(".panel a[href]") ?? answer
    : drawer.querySelector("input:not([type=hidden]), select, textarea, .panel [tabindex], .panel a, .panel button"));
  (field ?? drawer.querySelector("summary")).focus();
  drawer.scrollIntoView({ block: "nearest" });
}

function act(key) {
  const escaped = CSS.escape(key);
  if (Date.now() - wentAt < AFTER_G_MS) {
    wentAt = 0;
    return follow(document.querySelector(`[data-go="${escaped}"]`));
  }
  if (key === "g") {
    wentAt = Date.now();
    return true;
  }
  if (key === "?") {
    document.getElementById("keys")?.showModal();
    return true;
  }
  if (key === "/") return follow(document.querySelector("[data-search]"));
  return follow(seen(`[data-key="${escaped}"]`));
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches?.("[data-search]")) event.target.blur();
  if (event.key.length !== 1 || typing(event) || document.querySelector("dialog[open]")) return;
  if (act(event.key)) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (location.hash === "#places") document.querySelector(".side .less")?.click();
  for (const open of document.querySelectorAll("details.drop[open]")) {
    open.open = false;
    open.querySelector("summary")?.focus();
  }
});

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.drop[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
