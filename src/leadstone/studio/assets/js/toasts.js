/* Toasts leave by themselves, unless somebody reads or uses them; those with an undo stay longer. */
const STAYS_MS = 6000;
const STAYS_WITH_UNDO_MS = 12000;

function leave(toast) {
  if (toast.matches(":hover, :focus-within")) setTimeout(leave, 2000, toast);
  else toast.remove();
}

function watch(toast) {
  if (toast.dataset.watched) return;
  toast.dataset.watched = "yes";
  setTimeout(leave, toast.querySelector("form") ? STAYS_WITH_UNDO_MS : STAYS_MS, toast);
}

export function watchAll() {
  document.querySelectorAll("[data-toast]").forEach(watch);
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-close]")?.closest("[data-toast]")?.remove();
});
document.addEventListener("htmx:afterSettle", watchAll);
watchAll();
