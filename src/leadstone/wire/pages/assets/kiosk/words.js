// Words of the page in the language that is chosen; the page carries those of every language.
const all = JSON.parse(document.getElementById("words").textContent);

let chosen = document.documentElement.lang;

export function languageNow() {
  return chosen;
}

/** Whether the page can be read in `language`. */
export function speaks(language) {
  return language in all;
}

export function speak(language) {
  chosen = speaks(language) ? language : chosen;
  document.documentElement.lang = chosen;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = say(node.dataset.word);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
  for (const node of document.querySelectorAll("[data-language]")) {
    node.setAttribute("aria-pressed", String(node.dataset.language === chosen));
  }
}

/** The words for `code`, with %(name)s replaced. */
export function say(code, facts = {}) {
  return (all[chosen][code] ?? code).replace(/%\((\w+)\)s/g, (_, name) => facts[name] ?? "");
}

/** "3 entries wait here": by the rules of the language for numbers. */
export function sayCount(code, number) {
  return say(`${code}.${new Intl.PluralRules(chosen).select(number)}`, { num: number.toLocaleString(chosen) });
}

export function sayTime(milliseconds) {
  const sameDay = new Date(milliseconds).toDateString() === new Date().toDateString();
  const form = sameDay ? { timeStyle: "short" } : { dateStyle: "short", timeStyle: "short" };
  return new Intl.DateTimeFormat(chosen === "en" ? "en-GB" : chosen, form).format(milliseconds);
}

/** An element with attributes and children; texts are never read as markup. */
export function made(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}
