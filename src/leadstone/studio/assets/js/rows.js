/* `j` and `k` walk the rows of a list; Enter opens the one in focus, because the focus is on its link. */
function rows() {
  return [...document.querySelectorAll("[data-rows] a.whole")].filter((link) => link.offsetParent !== null);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "j" && event.key !== "k") return;
  if (event.target.closest?.("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = rows();
  if (!links.length) return;
  const at = links.indexOf(document.activeElement);
  const next = event.key === "j" ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0);
  links[next].focus();
  links[next].scrollIntoView({ block: "nearest" });
  event.preventDefault();
});
