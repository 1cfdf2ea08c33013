/* Between htmx and people: a failed request says so, and focus returns to what was being used. */
export function say(words) {
  const toasts = document.getElementById("toasts");
  if (!toasts || !words) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.dataset.toast = "";
  toast.textContent = words;
  toasts.replaceChildren(toast);
}

document.addEventListener("htmx:sendError", () => say(document.body.dataset.offline));
document.addEventListener("htmx:responseError", () => say(document.body.dataset.failed));

/* A filter form needs no button where scripts run: choosing is asking. */
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-asks]");
  if (form && event.target.matches("select")) form.requestSubmit();
});

/* A colour that is picked is written into the field that is kept. */
document.addEventListener("input", (event) => {
  const target = document.getElementById(event.target.dataset?.fills ?? "");
  if (!target) return;
  target.value = event.target.value;
  target.dispatchEvent(new Event("input", { bubbles: true }));
});

/* What only readers without scripts need. htmx may bring such a form anew. */
function hideSpares() {
  for (const spare of document.querySelectorAll("form[data-asks] [data-without-script]")) spare.hidden = true;
}
document.addEventListener("htmx:afterSettle", hideSpares);
hideSpares();

/* The day swaps the next person in. What comes instead (a question back, a form with a mistake) is shown as the page that it is. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "day" || detail.serverResponse.includes('id="day"') || !detail.serverResponse.includes('id="content"')) return;
  Object.assign(detail, { shouldSwap: true, isError: false, target: document.getElementById("content"), selectOverride: "#content", swapOverride: "outerHTML" });
});
