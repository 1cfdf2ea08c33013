// Keeps the page of a kiosk on the device, so that it opens without a network. `KEPT` and `REVISION` stand before this line.
const PREFIX = "leadstone-kiosk-";
const STORE = PREFIX + self.REVISION;

addEventListener("install", (event) => {
  // All or nothing: a page that lacks one of its parts would be worse than the one that is there.
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(self.KEPT.map((path) => new Request(path, { cache: "reload" })))));
  self.skipWaiting();
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== STORE).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const path = request.mode === "navigate" ? "/kiosk" : url.pathname;
  if (!self.KEPT.includes(path)) return;
  event.respondWith((async () => {
    const kept = await (await caches.open(STORE)).match(path);
    return kept ?? fetch(request);
  })());
});
