// What a device keeps (IndexedDB): who it is, what it shows, and entries that it cannot read itself.
const NAME = "leadstone-kiosk";
const ME = "me";

/** Opens the device's memory; rejects where the browser keeps none. */
export async function openStore() {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("device");
    opening.result.createObjectStore("entries", { keyPath: "number", autoIncrement: true });
  };
  return new Store(await settled(opening));
}

class Store {
  #database;

  constructor(database) {
    this.#database = database;
  }

  /** Who this device is: {device, keys, offer, revoked, handedOverAt}; undefined before it was paired. */
  me() {
    return settled(this.#database.transaction("device").objectStore("device").get(ME));
  }

  /** Change some of what is known of this device, as one step even when several tabs do. */
  async remember(changes) {
    const transaction = this.#database.transaction("device", "readwrite", { durability: "strict" });
    const store = transaction.objectStore("device");
    const known = { ...(await settled(store.get(ME))), ...changes };
    store.put(known, ME);
    await finished(transaction);
    return known;
  }

  /** Keep an entry; resolves once it would outlast a power cut. */
  async keep(entry) {
    const transaction = this.#database.transaction("entries", "readwrite", { durability: "strict" });
    transaction.objectStore("entries").add(entry);
    await finished(transaction);
  }

  /** The oldest entries, in their order. */
  oldest(most) {
    return settled(this.#database.transaction("entries").objectStore("entries").getAll(null, most));
  }

  count() {
    return settled(this.#database.transaction("entries").objectStore("entries").count());
  }

  /** Forget what the house has. */
  async forget(numbers) {
    const transaction = this.#database.transaction("entries", "readwrite", { durability: "strict" });
    for (const number of numbers) transaction.objectStore("entries").delete(number);
    await finished(transaction);
  }
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}
