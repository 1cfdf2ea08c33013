// What a QR code says about a person: vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350), MeCard, BizCard, mailto:, or plain words.
const LONGEST = 200;
const LONGEST_CODE = 4300; // more letters no QR code holds (ISO/IEC 18004)

/** {name, email, phone, company, position} as far as the code says so; null when it holds nobody. */
export function readCard(text) {
  const code = text.slice(0, LONGEST_CODE).replace(/^\uFEFF/, "").trim();
  const read = /^BEGIN:VCARD/i.test(code) ? vcard(code)
    : /^MECARD:/i.test(code) ? meCard(code)
    : /^BIZCARD:/i.test(code) ? bizCard(code)
    : /^(mailto|matmsg|smtp):/i.test(code) ? { email: plainEmail(code) }
    : /^(tel|sms|smsto):/i.test(code) ? { phone: plainPhone(code) }
    : plain(code);
  const said = {};
  for (const [key, value] of Object.entries(read)) {
    const tidy = (value ?? "").replace(/\s+/g, " ").trim().slice(0, LONGEST);
    if (tidy) said[key] = tidy;
  }
  return said.email || said.phone || said.name ? said : null;
}

function vcard(code) {
  const lines = properties(code);
  const first = (...names) => lines.find((line) => names.includes(line.name) && line.value.trim())?.value ?? "";
  const parts = fields(first("N"));
  return {
    name: unescaped(first("FN")) || [parts[3], parts[1], parts[2], parts[0], parts[4]].filter(Boolean).join(" "),
    email: unescaped(preferred(lines, "EMAIL", /^$/)).replace(/^mailto:/i, ""),
    phone: unescaped(preferred(lines, "TEL", /cell|mobile/i, /fax|pager/i)).replace(/^tel:/i, "").split(";")[0],
    company: fields(first("ORG"))[0],
    position: unescaped(first("TITLE", "ROLE")),
  };
}

/** Each line of a vCard as {name, parameters, value}: unfolded, without group, and decoded. */
function properties(code) {
  const found = [];
  for (const line of unfolded(code.split(/\r\n?|\n/))) {
    const colon = colonOf(line);
    if (colon < 1) continue;
    const [name, ...parameters] = line.slice(0, colon).split(";");
    const said = parameters.join(";");
    const raw = line.slice(colon + 1);
    const value = PRINTED.test(said) ? fromQuotedPrintable(raw, said) : raw;
    found.push({ name: name.split(".").pop().toUpperCase(), parameters: said, value });
  }
  return found;
}

const PRINTED = /QUOTED-PRINTABLE/i;

/** Lines that go on on the next one made whole: after a soft break in quoted-printable (vCard 2.1), or before a blank. */
function unfolded(lines) {
  const whole = [];
  for (const line of lines) {
    const last = whole.at(-1);
    if (last?.endsWith("=") && PRINTED.test(last)) whole[whole.length - 1] = last.slice(0, -1) + line;
    else if (last !== undefined && /^[ \t]/.test(line)) whole[whole.length - 1] = last + line.slice(1);
    else whole.push(line);
  }
  return whole;
}

/** Where the value begins; a colon within quotes belongs to a parameter. */
function colonOf(line) {
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '"') quoted = !quoted;
    if (line[at] === ":" && !quoted) return at;
  }
  return -1;
}

function preferred(lines, name, wanted, unwanted) {
  const all = lines.filter((line) => line.name === name && line.value.trim());
  const right = all.filter((line) => !unwanted?.test(line.parameters));
  const among = right.length ? right : all;
  const best = among.find((line) => /pref/i.test(line.parameters)) ?? among.find((line) => wanted.test(line.parameters)) ?? among[0];
  return best?.value ?? "";
}

/** The parts of a structured value, which ";" parts unless it is escaped. */
function fields(value) {
  return value.split(/(?<!\\);/).map((part) => unescaped(part).trim());
}

function unescaped(value) {
  return value.replace(/\\([nN,;:\\])/g, (_, sign) => (sign.toLowerCase() === "n" ? " " : sign));
}

function fromQuotedPrintable(value, parameters) {
  const bytes = [];
  for (let at = 0; at < value.length; at += 1) {
    const coded = /^=([0-9A-F]{2})/i.exec(value.slice(at, at + 3));
    if (coded) {
      bytes.push(Number.parseInt(coded[1], 16));
      at += 2;
    } else {
      bytes.push(...new TextEncoder().encode(value[at]));
    }
  }
  const charset = /CHARSET=([\w-]+)/i.exec(parameters)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset).decode(Uint8Array.from(bytes));
  } catch {
    return new TextDecoder().decode(Uint8Array.from(bytes)); // a name of a character set that no browser knows
  }
}

function meCard(code) {
  const said = pairs(code.slice("MECARD:".length));
  // "Last,First": without a comma it is the whole name.
  const name = (said.N ?? "").split(/(?<!\\),/).map(unescaped);
  return { name: name.slice(1).concat(name[0] ?? "").join(" "), email: unescaped(said.EMAIL ?? ""), phone: unescaped(said.TEL ?? ""),
    company: unescaped(said.ORG ?? ""), position: unescaped(said.TITLE ?? "") };
}

function bizCard(code) {
  const said = pairs(code.slice("BIZCARD:".length));
  return { name: [said.N, said.X].filter(Boolean).map(unescaped).join(" "), email: unescaped(said.E ?? ""), phone: unescaped(said.B ?? said.M ?? ""),
    company: unescaped(said.C ?? ""), position: unescaped(said.T ?? "") };
}

function pairs(text) {
  const said = {};
  for (const part of text.split(/(?<!\\);/)) {
    const colon = part.indexOf(":");
    const key = part.slice(0, colon).trim().toUpperCase();
    if (colon > 0 && !(key in said)) said[key] = part.slice(colon + 1);
  }
  return said;
}

/** Words without a form: the address and the number are known by their looks, the first other words are the name. */
function plain(code) {
  const email = plainEmail(code);
  const rest = code.replace(email, "\n").replace(/\bhttps?:\/\/\S+/gi, "\n");
  const phone = plainPhone(rest);
  if (!email && !phone) return {};
  const words = rest.replace(phone, "\n").split(/[\n\r\t;|]+|,\s/).map((part) => part.replace(/^[\p{L} -]{1,12}:\s*/u, "").trim())
    .filter((part) => /\p{L}{2}/u.test(part));
  return { email, phone, name: words[0], company: words[1] };
}

function plainEmail(text) {
  return /[^\s:;,<>|"'?&=/@]{1,64}@[^\s:;,<>|"'?&=/@]{1,250}\.[\p{L}\d-]{2,}/u.exec(text)?.[0] ?? "";
}

function plainPhone(text) {
  const found = /\+?\(?\d[\d ().\/-]{6,20}\d/.exec(text)?.[0] ?? "";
  return found.replace(/\D/g, "").length >= 8 ? found.trim() : "";
}
