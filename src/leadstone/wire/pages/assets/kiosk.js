// A kiosk: what stands where, and what follows what. What somebody typed lives in one form, which is thrown away as a whole.
import { readCard } from "./kiosk/cards.js";
import { scan } from "./kiosk/camera.js";
import { Courier } from "./kiosk/courier.js";
import { cardForm, showState, visitNote } from "./kiosk/desk.js";
import { isTouched, visitScreen } from "./kiosk/form.js";
import { introduce, secretInAddress } from "./kiosk/pairing.js";
import { newName, seal } from "./kiosk/seal.js";
import { openStore } from "./kiosk/store.js";
import { languageNow, made, say, speak } from "./kiosk/words.js";

const THANKS_SECONDS = 10;
const IDLE_SECONDS = 60;
const WARNS_FOR_SECONDS = 20; // WCAG 2.2, 2.2.1
const DESK_IDLE_SECONDS = 120;
const TRIES_AGAIN_MS = 4_000;

const screens = Object.fromEntries([...document.querySelectorAll(".screen")].map((screen) => [screen.id, screen]));
const scanner = document.getElementById("scanner");
const idle = document.getElementById("idle");

let store;
let courier;
let me; // who this device is, and what it shows
let lastVisit = null; // {name, at, rating}: which entry a note is about; nothing of what it says
let shown = "";
let touchedAt = Date.now();
let counting = 0;

async function begin() {
  speak(languageNow());
  if (!globalThis.isSecureContext || !crypto.subtle) return setUp("insecure");
  try {
    store = await openStore();
    me = await store.me();
  } catch {
    return setUp("no_storage");
  }
  listen();
  const offline = keepPage();
  // The link may also be opened where this page is open already.
  addEventListener("hashchange", () => welcome(offline));
  return welcome(offline);
}

function welcome(offline) {
  const secret = secretInAddress();
  if (secret && me?.device) return setUp("paired_already", courier ? toVisitors : open);
  if (secret) return pair(secret, offline);
  if (me?.device) return courier ? undefined : open();
  return setUp("not_paired");
}

/** The page itself stays on the device; resolves when it would open without a network. */
async function keepPage() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/kiosk/worker.js", { scope: "/kiosk" });
  await navigator.serviceWorker.ready;
}

async function pair(secret, offline) {
  setUp("pairing");
  const outcome = await introduce(store, secret);
  if (outcome === "dead") return setUp("link_dead");
  if (outcome === "away") {
    setUp("no_way");
    setTimeout(() => pair(secret, offline), TRIES_AGAIN_MS);
    return undefined;
  }
  await offline.catch(() => undefined); // whoever cuts the network now has a page that opens; without it, it works while open
  return open();
}

async function open() {
  me = await store.me();
  if (me.offer) speak(me.offer.language);
  else setUp("pairing");
  courier = new Courier(store, changed);
  if (me.offer) toVisitors();
  await courier.start();
}

/** The courier tells how things are, and of another offer. */
async function changed(state, offer) {
  if (offer) {
    const first = !me.offer;
    me = await store.me();
    if (first) speak(me.offer.language);
    // Nobody's form is taken away from under their hands: it is kept for the version that they saw.
    if (first || (shown === "visit" && !isTouched(screens.visit))) toVisitors();
  }
  if (state.revoked && shown === "visit") toVisitors();
  showState(state, me.offer?.name ?? "");
}

function listen() {
  document.getElementById("to-desk").addEventListener("click", toDesk);
  document.getElementById("to-visitors").addEventListener("click", toVisitors);
  document.getElementById("hand-over").addEventListener("click", () => courier.hurry());
  screens.thanks.querySelector("button").addEventListener("click", toVisitors);
  idle.querySelector("[data-act=stay]").addEventListener("click", () => idle.close());
  idle.querySelector("[data-act=clear]").addEventListener("click", toVisitors);
  // By its button or by Escape: somebody is there, and nothing is cleared any more.
  idle.addEventListener("close", () => {
    if (shown === "visit") clearInterval(counting);
    touched();
  });
  for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => changeLanguage(button.dataset.language));
  for (const sign of ["pointerdown", "keydown", "input"]) addEventListener(sign, touched, { passive: true });
  // Back from another page, out of the browser's memory: that may be somebody else.
  addEventListener("pageshow", (event) => event.persisted && me?.offer && toVisitors());
  setInterval(lookAtClock, 1000);
}

function show(name) {
  shown = name;
  for (const [id, screen] of Object.entries(screens)) screen.hidden = id !== name;
  document.getElementById("tongues").hidden = name === "setup";
  document.getElementById("to-desk").hidden = !["visit", "thanks"].includes(name) && !(name === "setup" && me?.offer);
  document.getElementById("to-visitors").hidden = name !== "desk";
  scrollTo(0, 0);
  screens[name].focus({ preventScroll: true });
}

/** A screen that says one thing, and leads on when `goOn` is given. */
function setUp(word, goOn) {
  clearVisit();
  const [heading, how] = screens.setup.querySelectorAll("[data-say]");
  heading.textContent = say(word);
  how.textContent = word === "pairing" ? "" : say(`${word}_how`);
  const act = screens.setup.querySelector(".act");
  act.hidden = !goOn;
  if (goOn) act.querySelector("button").addEventListener("click", goOn, { once: true });
  show("setup");
}

/** An empty form for the next person, in the language of the stand. */
function toVisitors() {
  forgetDesk();
  if (me.offer) speak(me.offer.language);
  fresh();
}

function fresh() {
  clearInterval(counting);
  if (idle.open) idle.close();
  if (courier?.state.revoked || me.revoked) setUp("revoked");
  else if (!me.offer.open || !Object.keys(me.offer.in).length) setUp("closed");
  else {
    clearVisit();
    screens.visit.append(visitScreen(me.offer, { scan: scanForVisitor, clear: toVisitors, send: sendVisit }));
    show("visit");
  }
  if (courier) showState(courier.state, me.offer?.name ?? "");
}

function clearVisit() {
  screens.visit.replaceChildren();
}

function changeLanguage(language) {
  if (shown === "desk") {
    speak(language);
    toDesk();
    return;
  }
  const typed = Object.fromEntries([...screens.visit.querySelectorAll("[data-key]")].map((input) => [input.dataset.key, input.value]));
  speak(language);
  if (shown !== "visit") return;
  fresh();
  // The same person goes on in another language. Boxes stay empty: the words beside them are others now.
  fill(screens.visit, typed);
}

function fill(form, values) {
  for (const [key, value] of Object.entries(values)) {
    const input = form.querySelector(`[data-key="${key}"]`);
    if (input && value) input.value = value;
  }
}

async function sendVisit(version, answers, ticked) {
  const kept = await keep({ kind: "visit", language: languageNow(), version_id: version.version_id, answers, ticked });
  if (!kept) return sayNotKept(screens.visit.querySelector("form"));
  lastVisit = kept;
  clearVisit();
  show("thanks");
  countDown(screens.thanks, THANKS_SECONDS, toVisitors);
  return undefined;
}

/** Seal an entry and put it away; {name, at}, or null when the device cannot keep it. */
async function keep(content) {
  const name = newName();
  const at = Date.now();
  try {
    const sealed = await seal({ ...content, at }, { sealKey: me.offer.seal_key, device: me.device, name });
    await store.keep({ name, sealed });
  } catch (fault) {
    console.error("kiosk: not kept", fault.name);
    return null;
  }
  await courier.counted();
  courier.hurry();
  return { name, at };
}

function sayNotKept(form) {
  form.querySelector(".banner")?.remove();
  form.prepend(made("div", { class: "banner bad", role: "alert" }, made("h2", {}, say("not_kept")), made("p", {}, say("not_kept_how"))));
}

function countDown(place, seconds, then) {
  clearInterval(counting);
  const words = place.querySelector("[data-count]");
  let left = seconds;
  const tell = () => { words.textContent = say(words.dataset.count, { seconds: left }); };
  tell();
  counting = setInterval(() => {
    left -= 1;
    if (left <= 0) {
      clearInterval(counting);
      then();
    } else {
      tell();
    }
  }, 1000);
}

function touched() {
  touchedAt = Date.now();
}

/** Whoever walks away leaves nothing behind. */
function lookAtClock() {
  const still = (Date.now() - touchedAt) / 1000;
  if (shown === "desk" && still > DESK_IDLE_SECONDS) toVisitors();
  if (shown !== "visit" || idle.open || scanner.open || still < IDLE_SECONDS || !isTouched(screens.visit)) return;
  idle.showModal();
  countDown(idle, WARNS_FOR_SECONDS, toVisitors);
}

function scanForVisitor() {
  return scanInto(screens.visit.querySelector("form"));
}

/** Read a code with the camera and fill in what it says; everything may still be changed, and nothing is kept by it. */
async function scanInto(form) {
  const ended = new AbortController();
  const wrong = scanner.querySelector("[role=alert]");
  wrong.hidden = true;
  scanner.querySelector(".finder").hidden = false;
  scanner.querySelector("button").onclick = () => scanner.close();
  scanner.onclose = () => ended.abort();
  scanner.showModal();
  try {
    while (!ended.signal.aborted) {
      const text = await scan(scanner.querySelector("video"), ended.signal);
      const card = text && readCard(text);
      if (card) {
        fill(form, card);
        scanner.close();
        announce(form);
        return;
      }
      if (text) complainOfScan(wrong, "scan_nothing");
    }
  } catch (fault) {
    scanner.querySelector(".finder").hidden = true;
    complainOfScan(wrong, fault.message === "denied" ? "scan_denied" : "scan_none");
  }
}

function complainOfScan(place, word) {
  place.textContent = say(word);
  place.hidden = false;
}

function announce(form) {
  touched();
  form.querySelector(".read")?.remove();
  form.querySelector("[data-key]").closest(".field").before(made("p", { class: "banner good read", role: "status" }, say("scan_found")));
  form.querySelector("[data-key]").focus();
}

function toDesk() {
  clearInterval(counting);
  clearVisit();
  document.getElementById("visit-note").replaceChildren(visitNote(lastVisit, { rate, write }));
  document.getElementById("card-form").replaceChildren(cardForm({ scan: scanCard, keep: keepCard }));
  show("desk");
  showState(courier.state, me.offer?.name ?? "");
}

function forgetDesk() {
  document.getElementById("visit-note").replaceChildren();
  document.getElementById("card-form").replaceChildren();
  document.getElementById("desk-said").hidden = true;
}

function scanCard() {
  return scanInto(document.querySelector("#card-form form"));
}

async function rate(rating) {
  if (!(await keep({ kind: "rating", about: lastVisit.name, rating, note: "" }))) return sayNotKept(document.querySelector("#visit-note form"));
  lastVisit.rating = rating;
  for (const tap of document.querySelectorAll("#visit-note .heat button")) tap.setAttribute("aria-pressed", String(tap.classList.contains(rating)));
  return tellAtDesk(say("rating_kept", { rating: say(rating).toLocaleLowerCase() }));
}

async function write(note) {
  const form = document.querySelector("#visit-note form");
  if (!note) return form.querySelector("[data-note]").focus();
  if (!(await keep({ kind: "rating", about: lastVisit.name, rating: null, note }))) return sayNotKept(form);
  form.querySelector("[data-note]").value = "";
  return tellAtDesk(say("note_kept"));
}

async function keepCard(card) {
  if (!(await keep({ kind: "card", language: me.offer.language, ...card }))) return sayNotKept(document.querySelector("#card-form form"));
  document.getElementById("card-form").replaceChildren(cardForm({ scan: scanCard, keep: keepCard }));
  scrollTo(0, 0);
  return tellAtDesk(say("card_kept"));
}

function tellAtDesk(words) {
  const place = document.getElementById("desk-said");
  place.textContent = words;
  place.hidden = false;
}

begin();
