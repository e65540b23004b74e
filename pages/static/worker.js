// Shows a page of our own where a page cannot be had because nothing answers. What a server says, or a proxy in front
// of it, is passed on as it is, whatever it is; no page and no money is ever kept here. `shell` stands above this: its
// `version` changes with what is kept, and so does this file, by which a browser knows that it has to be renewed.
"use strict";
const cacheName = `mycount:${shell.base}:${shell.version}`;
const kept = new Set(shell.files);

async function keep() {
  const cache = await caches.open(cacheName);
  for (const file of [shell.page, ...shell.files]) {
    const answer = await fetch(file, { cache: "reload" });
    if (!answer.ok || answer.redirected) throw new Error(`${file} answered ${answer.status}`);
    await cache.put(file, answer);
  }
}
async function clear() {
  for (const name of await caches.keys())
    if (name.startsWith(`mycount:${shell.base}:`) && name !== cacheName) await caches.delete(name);
  await self.registration.navigationPreload?.enable();
}
async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    const offline = await caches.match(shell.page, { cacheName });
    if (offline) return offline;
    throw error;
  }
}
async function file(request) {
  return (await caches.match(request, { cacheName })) ?? fetch(request);
}

self.addEventListener("install", (event) => {
  self.skipWaiting(); // pages of another version go on as they are: this answers for none of what they fetch
  event.waitUntil(keep());
});
self.addEventListener("activate", (event) => event.waitUntil(clear()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(event));
  else if (origin === self.location.origin && kept.has(pathname + search)) event.respondWith(file(request));
});
