// The visitor's screen, made from the offer: what it is, the form, and the exchange beside the button.
import { languageNow, made, say } from "./words.js";

const TYPES = { email: "email", phone: "tel" };
const LONGEST = { email: 254, phone: 40, street: 120, postcode: 20, city: 80, country: 60, question: 2000 };
const MODES = { email: "email", phone: "tel" };
const ADDRESS = /^[^\s@<>()",;:\\]+@[^\s@<>()",;:\\]+\.[^\s@.<>()",;:\\]{2,}$/;

/** The offer in the language that is chosen, else in the one that there is. */
export function offerIn(offer) {
  const language = languageNow();
  const own = offer.in[language] ? language : offer.in[offer.language] ? offer.language : Object.keys(offer.in)[0];
  return { ...offer.in[own], language: own };
}

/** The whole screen; `form` inside it is the only thing that holds what somebody types. */
export function visitScreen(offer, { scan, clear, send }) {
  const shown = offerIn(offer);
  const form = visitForm(shown, { scan, clear, send });
  const pitch = made("div", { class: "pitch", lang: shown.language },
    offer.campaign && made("p", { class: "kind", dir: "auto" }, offer.campaign),
    made("h1", { dir: "auto" }, shown.title),
    shown.promise && made("p", { class: "lede", dir: "auto" }, shown.promise),
    shown.points.length && made("ul", { class: "inside" }, shown.points.map((point) => made("li", {}, tick(), made("span", { dir: "auto" }, point)))),
  );
  return made("div", { class: "hero" }, pitch, made("div", { class: "exchange" }, made("div", { class: "slip" }, form)), exchange(shown));
}

function visitForm(shown, { scan, clear, send }) {
  const form = made("form", { autocomplete: "off", novalidate: true });
  const fields = made("div", { class: "fields" });
  fields.append(made("p", { class: "scan-mine" },
    made("button", { type: "button", class: "btn", id: "scan-mine" }, qrSign(), say("scan_mine")), made("small", {}, say("scan_mine_why"))));
  for (const asked of shown.asks) fields.append(field(asked, "v", shown.language));
  const agreed = shown.consents.find((each) => each.by_button);
  for (const each of shown.consents.filter((offered) => !offered.by_button)) {
    fields.append(made("label", { class: "check" }, made("input", { type: "checkbox", "data-consent": each.key, autocomplete: "off" }),
      made("span", {}, made("span", { dir: "auto", lang: shown.language }, each.text), " ", made("small", {}, say("choice")))));
  }
  if (agreed) fields.append(made("p", { class: "agree", id: "agree", dir: "auto", lang: shown.language }, agreed.text));
  fields.append(
    made("button", { class: "btn primary wide", "aria-describedby": agreed ? "agree" : undefined, lang: shown.button ? shown.language : undefined }, shown.button || say("send")),
    made("p", { class: "nope" }, say(shown.consents.length ? "one_mail_unless" : "one_mail")),
    made("p", { class: "over" }, made("button", { type: "button", class: "btn quiet", id: "start-over" }, say("clear"))),
  );
  form.append(fields);
  form.querySelector("#scan-mine").addEventListener("click", scan);
  form.querySelector("#start-over").addEventListener("click", clear);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (checked(form, shown.asks)) send(shown, answersIn(form), tickedIn(form, shown.consents));
  });
  return form;
}

/** One field with its label. Nothing of it is ever offered to the next person: the browser is told to remember nothing. */
export function field({ key, reason, required, label: named }, prefix, language) {
  const id = `${prefix}-${key}`;
  const attributes = { id, "data-key": key, autocomplete: "off", autocorrect: "off", spellcheck: "false", maxlength: LONGEST[key] ?? 200,
    "aria-required": required ? "true" : undefined, dir: key === "email" ? undefined : "auto" };
  const input = key === "question" ? made("textarea", attributes)
    : made("input", { ...attributes, type: TYPES[key] ?? "text", inputmode: MODES[key], autocapitalize: key === "email" ? "none" : key === "name" ? "words" : undefined });
  const label = made("label", { for: id }, named ?? say(`field.${key}`), !named && !required && made("span", { class: "optional" }, ` (${say("if_you_like")})`),
    reason && made("small", { dir: "auto", lang: language }, reason));
  return made("div", { class: "field" }, label, input);
}

export function answersIn(form) {
  const answers = {};
  for (const input of form.querySelectorAll("[data-key]")) {
    if (input.value.trim()) answers[input.dataset.key] = input.value.trim();
  }
  return answers;
}

function tickedIn(form, consents) {
  const boxes = [...form.querySelectorAll("[data-consent]")].filter((box) => box.checked).map((box) => box.dataset.consent);
  return boxes.concat(consents.filter((each) => each.by_button).map((each) => each.key));
}

/** Whether anything was typed or ticked. */
export function isTouched(form) {
  return Object.keys(answersIn(form)).length > 0 || [...form.querySelectorAll("[data-consent]")].some((box) => box.checked);
}

/** Whether the form may be kept; what is wrong stands beside its field, and the first of them has the focus. */
export function checked(form, asks) {
  let first = null;
  for (const { key, required } of asks) {
    const input = form.querySelector(`[data-key="${key}"]`);
    const error = errorIn(key, input.value.trim(), required);
    complain(input, error && say(`error.${error}`));
    if (error) first ??= input;
  }
  first?.focus();
  return first === null;
}

export function complain(input, words) {
  const id = `e-${input.id}`;
  document.getElementById(id)?.remove();
  input.toggleAttribute("aria-invalid", false);
  input.removeAttribute("aria-describedby");
  if (!words) return;
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", id);
  input.after(made("p", { class: "wrong", id }, words));
}

// As strict as can be said without a network; the house judges again, and loses nobody over it.
function errorIn(key, value, required) {
  if (!value) return required ? "missing" : "";
  if (key === "email" && !ADDRESS.test(value)) return "not_an_address";
  if (key === "phone" && (/[^\d\s()+./x-]/i.test(value) || value.replace(/\D/g, "").length < 7)) return "not_a_phone";
  return "";
}

function exchange(shown) {
  const own = { dir: "auto", lang: shown.language };
  const rows = [];
  const row = (word, ...told) => told.length && rows.push(made("div", {}, made("dt", {}, say(word)), told));
  if (shown.you_get) row("you_get", made("dd", own, shown.you_get));
  row("we_ask", ...(shown.reasons.length
    ? shown.reasons.map(({ key, reason }) => made("dd", {}, made("span", {}, `${say(`field.${key}`)}: `), made("span", own, reason)))
    : [made("dd", {}, say("your_address"))]));
  row("then", ...(shown.sells ? [made("dd", own, shown.sells)] : []), ...shown.steps.map((step) =>
    made("dd", {}, made("span", own, step.text), step.optional && !shown.consents.some((each) => each.by_button) && made("small", {}, ` ${say("only_if")}`))));
  if (shown.scored) row("scored", made("dd", own, shown.scored));
  if (shown.without_marketing) row("no_marketing", made("dd", own, shown.without_marketing));
  if (shown.deletion) row("deleted", made("dd", own, shown.deletion));
  return made("section", { class: "terms", "aria-labelledby": "exchange" }, made("h2", { id: "exchange" }, say("exchange")), made("dl", {}, rows));
}

function drawing(size, path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ width: size, height: size, viewBox: "0 0 16 16", fill: "none", stroke: "currentColor", "stroke-width": "1.6", "aria-hidden": "true" })) {
    svg.setAttribute(name, value);
  }
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function tick() {
  return drawing(16, "m3 8.5 3.2 3.2L13 5");
}

export function qrSign() {
  return drawing(18, "M2 2h4v4H2zM10 2h4v4h-4zM2 10h4v4H2zM10 10h1.5v1.5M14 10v1.5M10 14h1.5M13 13h1v1");
}
