// A device introduces itself, once, with the secret of its link. The secret stands behind "#" and is sent to no server by itself.
import { newDeviceKey, publicHalf } from "./seal.js";

/** Take the secret out of the address line, so that it is in no history and on no screenshot. */
export function secretInAddress() {
  const secret = new URLSearchParams(location.hash.slice(1)).get("pair");
  if (location.hash) history.replaceState(null, "", location.pathname);
  return secret;
}

/** "paired", "dead" (the link opens nothing) or "away" (nobody answers: try again with the same keys). */
export async function introduce(store, secret) {
  const known = (await store.me()) ?? {};
  const keys = known.keys ?? (await newDeviceKey());
  // Kept before it is told: should the answer be lost, the same key asks again.
  await store.remember({ keys });
  let told;
  try {
    const body = JSON.stringify({ secret, public_key: await publicHalf(keys) });
    const answer = await fetch("/kiosk/pair", {
      method: "POST", body, headers: { "content-type": "application/json" }, credentials: "omit", signal: AbortSignal.timeout(15_000),
    });
    if (!answer.ok) return "away";
    told = await answer.json();
  } catch {
    return "away"; // no network, or no words that can be read: the same by what can be done about it
  }
  if (!told.device) return "dead";
  await store.remember({ device: told.device });
  await navigator.storage?.persist?.();
  return "paired";
}
