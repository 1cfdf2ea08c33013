/* The board: cards are dragged with the pointer or carried with the keys, and what the server says is put in its place.
   The script sends the plain form that each card has; without it that form does the same, page by page. */
import Sortable from "sortablejs";
import { say } from "./glue.js";
import { watchAll } from "./toasts.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
let carried = null; // { card, home }: lifted with the keys
let asking = null; // { card, home }: dropped, and one thing more is asked in the dialog

const frame = () => document.getElementById("board");
const lists = () => [...frame().querySelectorAll("[data-cards]")];
const placeOf = (card) => ({ list: card.parentElement, next: card.nextElementSibling });
const stageName = (list) => list.closest(".col").dataset.stageName;

function sendHome(card, home) {
  home.list.insertBefore(card, home.next?.parentElement === home.list ? home.next : null);
}

function announce(key, card, list) {
  const region = document.getElementById("announce");
  if (region) region.textContent = region.dataset[key].replace("{who}", card.dataset.who).replace("{stage}", stageName(list));
}

/* Each piece of an answer knows where it belongs. */
function land(piece) {
  const list = frame().querySelector(`[data-cards="${piece.dataset.stage}"]`);
  const shown = document.getElementById(piece.id);
  if (shown?.parentElement === list) shown.replaceWith(piece);
  else {
    shown?.remove();
    list?.prepend(piece);
  }
}

function clearNeeds() {
  for (const need of frame().querySelectorAll(".needs > *")) need.remove();
}

function ask(piece, from) {
  for (const button of piece.querySelectorAll("[data-not-now]")) button.hidden = false;
  if ("onTheSpot" in piece.dataset) {
    const dialog = document.getElementById("ask");
    dialog.replaceChildren(piece);
    asking = from;
    if (!dialog.open) dialog.showModal();
    piece.querySelector("input:not([type=hidden]), select")?.focus();
    return;
  }
  giveUpAsking();
  if (from) sendHome(from.card, from.home);
  document.getElementById(`needs-${piece.dataset.need}`)?.replaceChildren(piece);
  piece.scrollIntoView({ block: "nearest", inline: "nearest" });
  piece.focus();
}

function settle(html, from) {
  clearNeeds();
  const coming = new DOMParser().parseFromString(html, "text/html");
  let asked = false;
  for (const piece of [...coming.body.children].map((each) => document.adoptNode(each))) {
    if (piece.matches("[data-deal]")) land(piece);
    else if (piece.matches("[data-need]")) {
      ask(piece, from);
      asked = true;
    } else if (piece.id === "toasts") {
      if (piece.children.length) document.getElementById("toasts").replaceChildren(...piece.children);
    } else document.getElementById(piece.id)?.replaceWith(piece);
  }
  watchAll();
  if (!asked) {
    asking = null;
    document.getElementById("ask")?.close();
    document.querySelector(`#deal-${from?.card.dataset.deal} .whole`)?.focus({ preventScroll: true });
  }
}

/* 409: somebody was faster. 422: something is missing. Anything else that is no success changed nothing. */
async function send(form, submitter, from) {
  const body = new FormData(form, submitter);
  body.set("board", frame().dataset.query);
  from?.card.classList.add("waiting");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true", "HX-Target": "board" } });
    if (answer.headers.get("HX-Redirect")) window.location = answer.headers.get("HX-Redirect");
    else if (answer.ok || answer.status === 409 || answer.status === 422) settle(await answer.text(), from);
    else throw new Error(String(answer.status));
  } catch {
    if (from) sendHome(from.card, from.home);
    giveUpAsking();
    say(document.body.dataset.failed);
  }
  from?.card.classList.remove("waiting");
}

function drop(card, home) {
  const list = card.parentElement;
  if (list === home.list) return;
  const form = card.querySelector("form[data-move]");
  form.elements.to.value = list.dataset.cards;
  send(form, null, { card, home });
}

function giveUpAsking() {
  asking = null;
  document.getElementById("ask")?.close();
}

/* The pointer. */
function watchPointer() {
  if (!frame() || !("works" in frame().dataset)) return;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let home = null;
  let unfolded = [];
  for (const list of lists()) {
    Sortable.create(list, {
      group: "deals",
      sort: false,
      draggable: "[data-deal]",
      filter: ".shift",
      preventOnFilter: false,
      forceFallback: true,
      fallbackOnBody: true,
      fallbackTolerance: 4,
      delay: 180,
      delayOnTouchOnly: true,
      animation: still ? 0 : 140,
      ghostClass: "ghost",
      dragClass: "lift",
      onStart({ item }) {
        home = placeOf(item);
        frame().classList.add("dragging"); // no column may move under the pointer
        unfolded = [...frame().querySelectorAll(".folded:not([open])")];
        for (const folded of unfolded) folded.open = true;
      },
      onEnd({ item }) {
        frame().classList.remove("dragging");
        for (const folded of unfolded) folded.open = folded.contains(item);
        drop(item, home);
      },
    });
  }
}

/* The keys: Space lifts the card in focus, arrows carry it, Space or Enter drops it, Escape puts it back. */
function carry(card, list) {
  const folded = list.closest(".folded");
  if (folded) folded.open = true;
  list.prepend(card);
  card.querySelector(".whole").focus();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
  announce("over", card, list);
}

function putBack() {
  const { card, home } = carried;
  carried = null;
  card.classList.remove("lifted");
  sendHome(card, home);
  card.querySelector(".whole").focus();
  announce("back", card, home.list);
}

function carriedKey(event) {
  const { card, home } = carried;
  if (event.key in STEPS) {
    const all = lists();
    const next = all[all.indexOf(card.parentElement) + STEPS[event.key]];
    if (next) carry(card, next);
  } else if (event.key === " " || event.key === "Enter") {
    if (card.parentElement === home.list) return putBack();
    carried = null;
    card.classList.remove("lifted");
    drop(card, home);
  } else if (event.key === "Escape" || event.key === "Tab") putBack();
  return undefined;
}

function walk(event, card) {
  const all = lists();
  const cards = [...card.parentElement.children];
  const at = cards.indexOf(card);
  const steps = { ArrowUp: () => cards[at - 1], ArrowDown: () => cards[at + 1] };
  let next = steps[event.key]?.();
  if (event.key in STEPS) {
    const way = STEPS[event.key];
    let place = all.indexOf(card.parentElement) + way;
    while (all[place] && (!all[place].children.length || all[place].closest(".folded:not([open])"))) place += way;
    next = all[place]?.children[Math.min(at, all[place].children.length - 1)];
  }
  next?.querySelector(".whole").focus();
}

document.addEventListener("keydown", (event) => {
  if (carried) {
    if (event.key !== "Tab") event.preventDefault();
    event.stopImmediatePropagation();
    carriedKey(event);
    return;
  }
  const card = event.target.matches?.("#board .whole") ? event.target.closest("[data-deal]") : null;
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " " && "works" in frame().dataset) {
    event.preventDefault();
    carried = { card, home: placeOf(card) };
    card.classList.add("lifted");
    announce("lifted", card, card.parentElement);
  } else if (event.key.startsWith("Arrow")) {
    event.preventDefault();
    walk(event, card);
  }
}, true);

/* Plain forms of the board, sent without leaving it: "Move to…", what a need asks, and the undo of a toast. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!frame()) return;
  const undo = form.closest("#toasts") && new URL(form.action).pathname.startsWith("/board/");
  if (!undo && !form.matches("[data-move]")) return;
  event.preventDefault();
  const id = form.closest("[data-need]")?.dataset.dealId ?? form.closest("[data-deal]")?.dataset.deal;
  const card = asking?.card ?? document.getElementById(`deal-${id}`);
  send(form, event.submitter, card ? (asking ?? { card, home: placeOf(card) }) : null);
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-not-now]")) return;
  if (asking) document.getElementById("ask").close();
  else event.target.closest("[data-need]").remove();
});

document.addEventListener("close", (event) => {
  if (event.target.id !== "ask" || !asking) return;
  const { card, home } = asking;
  asking = null;
  sendHome(card, home);
  card.querySelector(".whole").focus();
}, true);

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "board") watchPointer();
});
watchPointer();
