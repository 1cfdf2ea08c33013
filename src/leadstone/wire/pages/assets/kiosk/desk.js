// The staff's side: what one heard of the last visitor, a business card, and how the device is. It names no visitor.
import { checked, answersIn, complain, field, qrSign } from "./form.js";
import { made, say, sayCount, sayTime } from "./words.js";

const RATINGS = ["hot", "warm", "cold"];
const CARD = ["name", "company", "position", "email", "phone"];

/** What one heard of the last visitor (`visit`: {name, at, rating}): one tap for how warm, a few words; or why there is nobody. */
export function visitNote(visit, { rate, write }) {
  if (!visit) return made("p", { class: "small" }, say("no_visit"));
  const taps = RATINGS.map((rating) => {
    const tap = made("button", { type: "button", class: rating, "aria-pressed": String(visit.rating === rating) }, say(rating));
    tap.addEventListener("click", () => rate(rating));
    return tap;
  });
  const form = made("form", { autocomplete: "off", novalidate: true, class: "stack" },
    made("p", { class: "small" }, say("last_visit_at", { time: sayTime(visit.at) })),
    made("fieldset", { class: "heat" }, made("legend", {}, say("how_warm")), taps),
    note("visit"), made("button", { class: "btn" }, say("keep_note")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    write(form.querySelector("[data-note]").value.trim());
  });
  return form;
}

export function cardForm({ scan, keep }) {
  const asks = CARD.map((key) => ({ key, label: say(`card.${key}`), reason: "", required: false }));
  const form = made("form", { autocomplete: "off", novalidate: true, class: "stack" },
    made("button", { type: "button", class: "btn", id: "scan-card" }, qrSign(), say("scan_card")), asks.map((asked) => field(asked, "c")),
    ratings("card"), note("card"), made("button", { class: "btn primary" }, say("keep_card")));
  form.querySelector("#scan-card").addEventListener("click", scan);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!checked(form, asks)) return;
    const values = answersIn(form);
    const email = form.querySelector("[data-key=email]");
    if (!values.email && !values.phone) {
      complain(email, say("card_nobody"));
      email.focus();
      return;
    }
    keep({ values, ...said(form) });
  });
  return form;
}

/** How the device is, in words and a colour. */
export function showState(state, name) {
  const how = state.refused ? "refused" : state.online ? "online" : "offline";
  document.body.dataset.network = how;
  document.getElementById("device-name").textContent = name;
  document.getElementById("network-state").textContent = say(how);
  document.getElementById("foot-state").textContent = say(how);
  const waiting = state.waiting ? sayCount("waiting", state.waiting) : say("waiting_none");
  document.getElementById("waiting-state").textContent = waiting;
  document.getElementById("handed-state").textContent = state.handedOverAt
    ? say("handed_over", { time: sayTime(state.handedOverAt) }) : say("never_handed_over");
  const button = document.getElementById("hand-over");
  button.setAttribute("aria-disabled", String(state.busy));
  button.textContent = say(state.busy ? "handing_over" : "hand_over");
}

function ratings(prefix) {
  return made("fieldset", { class: "heat" }, made("legend", {}, say("how_warm")), RATINGS.map((rating) =>
    made("label", { class: rating }, made("input", { type: "radio", name: `${prefix}-heat`, value: rating, autocomplete: "off" }), made("span", {}, say(rating)))));
}

function note(prefix) {
  const id = `${prefix}-note-text`;
  return made("div", { class: "field" }, made("label", { for: id }, say("note"), made("small", {}, say("note_how"))),
    made("textarea", { id, "data-note": true, autocomplete: "off", maxlength: 1500, dir: "auto" }));
}

function said(form) {
  return { rating: form.querySelector("input[type=radio]:checked")?.value ?? null, note: form.querySelector("[data-note]").value.trim() };
}
