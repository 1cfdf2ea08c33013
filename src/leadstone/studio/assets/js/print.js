/* A page that is worth keeping on paper. Without scripts the browser's own menu prints it. */
for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
