/* The scripts of studio/magnets: dropping a file, and a preview that follows the draft. Everything works as plain forms without them. */
const DESKTOP_WIDTH = 1200;

function dropAreaOf(event) {
  return event.dataTransfer?.types.includes("Files") ? document.querySelector("[data-drop]") : null;
}

/* The whole page takes the file: nobody should have to aim. */
document.addEventListener("dragover", (event) => {
  const area = event.target.closest?.("[data-drop]") ?? dropAreaOf(event);
  if (!area) return;
  event.preventDefault();
  area.classList.add("over");
});

document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.querySelectorAll("[data-drop].over").forEach((area) => area.classList.remove("over"));
});

document.addEventListener("drop", (event) => {
  const area = event.target.closest?.("[data-drop]") ?? dropAreaOf(event);
  if (!area) return;
  event.preventDefault();
  area.classList.remove("over");
  const input = area.querySelector("input[type=file]");
  const one = new DataTransfer();
  if (!event.dataTransfer.files.length) return;
  one.items.add(event.dataTransfer.files[0]);
  input.files = one.files;
  area.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const area = event.target.closest("[data-drop]");
  if (!area) return;
  area.classList.add("busy");
  const note = area.querySelector("[data-busy-words]");
  if (note) note.textContent = note.dataset.busyWords;
});

/* The preview is loaded beside the shown one and takes its place when it is complete, at the same place of the page. */
function refresh() {
  const shown = document.querySelector("iframe[data-preview]");
  if (!shown || document.querySelector("iframe[data-coming]")) return;
  const coming = shown.cloneNode();
  coming.removeAttribute("data-preview");
  coming.dataset.coming = "";
  coming.hidden = true;
  coming.addEventListener("load", () => {
    const at = shown.contentWindow?.scrollY ?? 0;
    coming.hidden = false;
    coming.contentWindow?.scrollTo(0, at);
    coming.removeAttribute("data-coming");
    coming.dataset.preview = "";
    shown.remove();
  }, { once: true });
  shown.after(coming);
}

document.addEventListener("draft-saved", refresh);

function fit() {
  for (const glass of document.querySelectorAll(".glass")) {
    glass.style.setProperty("--fit", String(glass.clientWidth / DESKTOP_WIDTH));
  }
}

const glass = document.querySelector(".glass");
if (glass) {
  new ResizeObserver(fit).observe(glass);
  fit();
}
