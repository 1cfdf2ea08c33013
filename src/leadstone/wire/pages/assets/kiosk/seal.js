// What a device can do with keys: sign what it sends, and seal what it collects so that it cannot open it again.
// The other half is wire/kiosk.py; every name and number here stands there too.
const CURVE = "P-256";
const FORMAT = 1;
const PADDED_TO = 512; // so that the length of an entry tells nothing about it
const utf8 = new TextEncoder();
const SEALED_FOR = utf8.encode("leadstone kiosk entry 1");
const SIGNED_FOR = "leadstone kiosk request 1\n";

/** A key pair that signs; its private half can be used here and taken out by nobody. */
export function newDeviceKey() {
  return crypto.subtle.generateKey({ name: "ECDSA", namedCurve: CURVE }, false, ["sign", "verify"]);
}

/** The public half as the house wants it: hex of an uncompressed point. */
export async function publicHalf(keys) {
  return toHex(new Uint8Array(await crypto.subtle.exportKey("raw", keys.publicKey)));
}

/** 128 random bits in 22 characters. */
export function newName() {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
}

export async function sign(keys, { path, device, body }) {
  const signed = joined(utf8.encode(`${SIGNED_FOR}${path}\n${device}\n`), body);
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, keys.privateKey, signed);
  return toBase64Url(new Uint8Array(signature));
}

/** `content` (JSON) for the holder of the house's private key only, bound to this device and this entry. */
export async function seal(content, { sealKey, device, name }) {
  const theirPoint = fromHex(sealKey);
  const theirs = await crypto.subtle.importKey("raw", theirPoint, { name: "ECDH", namedCurve: CURVE }, false, []);
  const mine = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: CURVE }, false, ["deriveBits"]);
  const myPoint = new Uint8Array(await crypto.subtle.exportKey("raw", mine.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine.privateKey, 256);
  const drawn = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: joined(myPoint, theirPoint), info: SEALED_FOR },
    drawn, { name: "AES-GCM", length: 256 }, false, ["encrypt"],
  );
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const bound = utf8.encode(`${device}\n${name}`);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: bound }, key, padded(content));
  return joined(Uint8Array.of(FORMAT), myPoint, nonce, new Uint8Array(sealed));
}

export function toBase64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function padded(content) {
  const bytes = utf8.encode(JSON.stringify(content));
  const whole = new Uint8Array(Math.ceil(bytes.length / PADDED_TO) * PADDED_TO).fill(0x20); // spaces, which JSON passes over
  whole.set(bytes);
  return whole;
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function toBase64Url(bytes) {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
