/* In a list of tasks a key acts on the row in focus, or on the first: `e` ends it, `x` puts it off. */
const TYPING = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.(TYPING) || document.querySelector("dialog[open], details.drop[open]")) return;
  const row = document.activeElement?.closest("[data-rows] li") ?? document.querySelector("[data-rows] li:has([data-row-key])");
  const button = row?.querySelector(`[data-row-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
