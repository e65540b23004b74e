// What was seen last, kept in this browser for when there is no connection, and the worker that shows it then.
// Only balances of my groups; they are gone when I sign out, when my session has ended, and when somebody else is here.
(() => {
  "use strict";
  const root = document.documentElement;
  const base = new URL("..", document.currentScript.src).pathname.slice(0, -1); // "/money" below a path, else ""
  const key = `mycount.last-seen:${base}`; // another MyCount below another path of this host keeps its own

  function attempt(act) {
    try {
      return act();
    } catch {
      return null; // no storage (a private window, a full disk): then nothing is kept, and nothing else breaks
    }
  }
  const read = () => attempt(() => JSON.parse(localStorage.getItem(key)));
  const write = (seen) => attempt(() => localStorage.setItem(key, JSON.stringify({ ...seen, language: root.lang, theme: root.dataset.theme })));
  const forget = () => attempt(() => localStorage.removeItem(key));
  const whoIsHere = () => Number(document.querySelector("meta[name=mycount-user]")?.content ?? 0);

  function keep(user, groups, whole) {
    const at = Date.now();
    const before = read();
    const known = before?.user === user ? before : { groups: [] };
    const shown = new Set(groups.map((group) => group.id));
    const others = whole ? [] : known.groups.filter((group) => !shown.has(group.id));
    const last = whole ? (shown.has(known.last) ? known.last : undefined) : groups[0].id;
    write({ user, last, groups: [...groups.map((group) => ({ ...group, at })), ...others] });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const seen = read();
    if (seen && seen.user !== whoIsHere()) forget();
    goOnToAdd();
  });

  // ---- "Add expense" of the installed app begins at /?add: that leads to the group seen last, and there to the form.
  // Who has seen none, or is signed out, is where one chooses a group, or signs in.
  const isToAdd = () => new URLSearchParams(location.search).has("add");
  function goOnToAdd() {
    const last = read()?.last;
    if (location.pathname === `${base}/` && isToAdd() && last) location.replace(`${base}/groups/${last}?add`);
  }
  function add(group) {
    if (!isToAdd()) return;
    history.replaceState(history.state, "", location.pathname); // a reload is no wish for one more
    if (mycount.drafts.wasOpen()?.group !== group) document.querySelector("[aria-keyshortcuts=n]:not(.hidden *)")?.click();
  }
  new MutationObserver(() => {
    const seen = read();
    if (seen) write(seen);
  }).observe(root, { attributeFilter: ["data-theme"] }); // the offline page looks as somebody has chosen

  // ---- The worker has time until the page is there; without HTTPS there is none, and the browser says what is wrong.
  window.addEventListener("load", () => navigator.serviceWorker?.register(`${base}/sw.js`, { scope: `${base}/` }).catch(() => {}));

  window.mycount = Object.assign(window.mycount ?? {}, { lastSeen: { add, keep, forget } });
})();
