// Hands over what waits, whenever there is a network. Sending something twice does no harm: the house takes each entry once.
import { sign, toBase64 } from "./seal.js";

const PATH = "/kiosk/entries";
const AT_ONCE = 20;
const FIRST_WAIT_MS = 3_000;
const LONGEST_WAIT_MS = 5 * 60_000;
const TELLS_EVERY_MS = 4 * 60_000; // that it is still there
const PATIENCE_MS = 20_000;

export class Courier {
  #store;
  #told;
  #timer = 0;
  #failures = 0;
  #busy = false;
  state = { online: navigator.onLine, busy: false, refused: false, waiting: 0, handedOverAt: 0, revoked: false };

  /** `told` is called with the state whenever it changes, and with the offer when it is another one. */
  constructor(store, told) {
    this.#store = store;
    this.#told = told;
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.#tell({ online: false }));
  }

  async start() {
    const me = await this.#store.me();
    await this.#tell({ waiting: await this.#store.count(), handedOverAt: me.handedOverAt ?? 0, revoked: me.revoked ?? false });
    this.hurry();
  }

  /** Try now, whatever happened before. */
  hurry() {
    this.#failures = 0;
    this.#in(0);
  }

  async counted() {
    await this.#tell({ waiting: await this.#store.count() });
  }

  #in(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#go(), milliseconds);
  }

  async #go() {
    if (this.#busy) return this.#in(500);
    this.#busy = true;
    await this.#tell({ busy: true });
    let wait = TELLS_EVERY_MS;
    try {
      // One tab at a time: not because two would do harm, but because they would do the same.
      await navigator.locks.request("leadstone-kiosk-courier", () => this.#handOverAll());
      this.#failures = 0;
    } catch (fault) {
      this.#failures += 1;
      const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#failures - 1));
      wait = most * (0.7 + Math.random() * 0.3); // many devices of one hall shall not come back together
      if (!(fault instanceof Refusal)) await this.#tell({ online: false });
    } finally {
      this.#busy = false;
      await this.#tell({ busy: false });
      this.#in(wait);
    }
  }

  async #handOverAll() {
    for (;;) {
      const entries = await this.#store.oldest(AT_ONCE);
      const waiting = (await this.#store.count()) - entries.length;
      await this.#handOver(entries, waiting);
      if (waiting <= 0) return;
    }
  }

  async #handOver(entries, waiting) {
    const me = await this.#store.me();
    const body = new TextEncoder().encode(JSON.stringify({
      clock: Date.now(),
      waiting,
      offer: me.offer?.revision ?? "",
      entries: entries.map((entry) => [entry.name, toBase64(entry.sealed)]),
    }));
    const signature = await sign(me.keys, { path: PATH, device: me.device, body });
    const answer = await fetch(PATH, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", authorization: `Kiosk ${me.device}.${signature}` },
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status === 401) await this.#tell({ online: true, refused: true });
    if (!answer.ok) throw new Refusal(answer.status);
    const told = await answer.json();
    const taken = new Set(told.taken);
    // Forgotten only now, when the house has written them down.
    await this.#store.forget(entries.filter((entry) => taken.has(entry.name)).map((entry) => entry.number));
    const changes = { handedOverAt: Date.now(), revoked: told.revoked };
    if (told.offer) changes.offer = told.offer;
    await this.#store.remember(changes);
    await this.#tell({
      online: true, refused: false, revoked: told.revoked, handedOverAt: changes.handedOverAt, waiting: await this.#store.count(),
    }, told.offer);
  }

  async #tell(changes, offer) {
    Object.assign(this.state, changes);
    await this.#told(this.state, offer);
  }
}

/** The house answered, and did not take what it was given. */
class Refusal extends Error {}
