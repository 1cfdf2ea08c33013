/* Rows of an editor that are dragged: the places in their hidden fields become the new order, and the draft is saved as if typed.
   By the keyboard, and without this script, the arrows of each row do the same. */
import Sortable from "sortablejs";

const APART = 10;

function settle(list) {
  const places = [...list.children].map((row) => row.querySelector(":scope > input[name$='-place']")).filter(Boolean);
  places.forEach((field, number) => { field.value = number * APART; });
  places[0]?.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const list of document.querySelectorAll("fieldset:not(:disabled) [data-sortable]")) {
  Sortable.create(list, {
    draggable: "[data-sortable] > *",
    filter: "input, select, textarea, button, summary, label, a, .options",
    preventOnFilter: false,
    ghostClass: "dragged",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    onEnd: () => settle(list),
  });
}
