// What the pages need from the browser and no server can do: the theme before the first paint, the clipboard, sharing,
// and saying that the connection is lost. Loaded in the head, before anything is drawn; it waits for nothing.
(() => {
  "use strict";
  const root = document.documentElement;
  const base = new URL("..", document.currentScript.src).pathname.slice(0, -1); // "/money" below a path, else ""
  root.dir = /^ar\b/.test(root.lang) ? "rtl" : "ltr"; // Quasar says so too, but later: then everything would be styled anew
  const themeColor = { light: "#F6F5F1", dark: "#131210" };

  // ---- For the next page of this tab, once; without storage it does without.
  function keep(name, value) {
    try {
      sessionStorage.setItem(name, value);
    } catch {
      // a private window, a full disk
    }
  }
  function kept(name) {
    try {
      const value = sessionStorage.getItem(name);
      sessionStorage.removeItem(name);
      return value;
    } catch {
      return null;
    }
  }

  // ---- Theme: NiceGUI keeps light, dark or normal (as the system) in one meta element; the tokens follow data-theme.
  function paint() {
    const said = document.getElementById("nicegui-color-scheme")?.content;
    if (said === "light" || said === "dark") root.dataset.theme = said;
    else delete root.dataset.theme;
    for (const meta of document.querySelectorAll("meta[name=theme-color]"))
      meta.content = themeColor[root.dataset.theme ?? meta.dataset.theme];
  }
  paint();
  const scheme = document.getElementById("nicegui-color-scheme");
  if (scheme) new MutationObserver(paint).observe(scheme, { attributes: true });

  // ---- Saying something to those who listen rather than look; the region must be there before it speaks.
  function voice() {
    let region = document.getElementById("mc-voice");
    if (!region) {
      region = Object.assign(document.createElement("div"), { id: "mc-voice", className: "mc-only-read" });
      region.setAttribute("role", "status");
      region.setAttribute("aria-live", "polite");
      document.body.append(region);
    }
    return region;
  }
  function say(text) {
    const region = voice();
    region.textContent = "";
    setTimeout(() => (region.textContent = text), 60);
  }

  // ---- What is seen first is plain HTML. The live page takes its place before the next picture is painted: the focus
  // stays where it was, and what was pressed meanwhile is pressed again once the server hears it. An element is found
  // again by its name, inside of it by the way there.
  let pressed = null;
  const atFirst = (element) => document.getElementById("mc-first")?.contains(element);
  function wayTo(target) {
    const marked = target.closest("[data-first]"), path = [];
    for (let part = target; part !== marked; part = part.parentElement) path.unshift([...part.parentElement.children].indexOf(part));
    return { id: marked.dataset.first, path };
  }
  const live = ({ id, path }) => path.reduce((part, place) => part?.children[place], document.getElementById(id));
  function remember(event) {
    const target = event.target.closest?.("button");
    if (!target || !atFirst(target)) return;
    document.querySelector("#mc-first [aria-busy]")?.removeAttribute("aria-busy");
    target.setAttribute("aria-busy", "true"); // it was heard
    pressed = wayTo(target);
  }
  function pressAgain() {
    if (!window.did_handshake) return setTimeout(pressAgain, 30);
    const element = live(pressed);
    element?.focus({ preventScroll: true }); // to which the focus goes back from what is opened
    element?.click();
  }
  // Called right before the live page is built, so that the browser never has both of them to lay out.
  function makeWay() {
    const focused = atFirst(document.activeElement) && wayTo(document.activeElement);
    document.getElementById("mc-first")?.remove();
    new MutationObserver((_changes, arriving) => {
      arriving.disconnect();
      document.removeEventListener("click", remember, true);
      if (focused) live(focused)?.focus({ preventScroll: true });
      if (pressed) pressAgain();
      if (kept("mc-spoke")) setTimeout(() => document.querySelector(".mc-language select")?.focus()); // after a field that takes it by itself
    }).observe(document.getElementById("app"), { childList: true });
  }
  document.addEventListener("click", remember, true);

  // ---- Past what is on every page, for whoever walks by keyboard. The address stays: what is behind its # is a wish.
  document.addEventListener("click", (event) => {
    const way = event.target.closest?.(".mc-skip");
    if (!way) return;
    event.preventDefault();
    const place = document.querySelector(`${way.hash} h1`) ?? document.querySelector("h1");
    place?.setAttribute("tabindex", "-1");
    place?.focus();
  });

  // ---- Clipboard and sharing: a press on [data-copy] or [data-share]; the element hears "copied" or "shared".
  function copyOldWay(text, near) {
    // Without HTTPS there is no clipboard; a dialog keeps the focus, so the text is selected inside of it.
    const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "mc-only-read" });
    (near.closest(".mc-sheet") ?? document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    near.focus?.();
    return done;
  }
  async function copy(text, near = document.body) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyOldWay(text, near);
    }
  }
  async function share(url, title, text, near) {
    if (!navigator.share) return (await copy(url, near)) ? "copied" : null;
    try {
      await navigator.share({ url, title, text });
      return "shared";
    } catch {
      return null; // the person changed their mind
    }
  }
  document.addEventListener("click", async (event) => {
    const pressed = event.target.closest?.("[data-copy],[data-share]");
    if (!pressed) return;
    const { copy: text, share: url, shareTitle, shareText } = pressed.dataset;
    const outcome = text !== undefined ? (await copy(text, pressed)) && "copied" : await share(url, shareTitle, shareText, pressed);
    if (outcome) pressed.dispatchEvent(new CustomEvent(outcome));
  });

  // ---- Room above: an open sheet, and the page, stand below what is said at the top, and are not covered by it.
  const height = (element) => (element ? Math.ceil(element.getBoundingClientRect().height) : 0);
  function makeRoom() {
    const lost = height(document.querySelector(".mc-connection:is(.mc-lost,.mc-back)"));
    const told = height(document.querySelector(".mc-toasts:has(.mc-toast)"));
    root.style.setProperty("--lost", `${lost}px`);
    root.style.setProperty("--told", told ? `${told + 20}px` : "0px");
  }
  window.addEventListener("resize", makeRoom);

  // ---- Connection: NiceGUI shows and hides #popup; our bar says the same, a little later, and says when all is well.
  let waiting = 0;
  function tell(lost) {
    const bar = document.querySelector(".mc-connection");
    clearTimeout(waiting);
    if (!lost) heard();
    if (!bar) return;
    if (lost) {
      waiting = setTimeout(() => {
        bar.classList.remove("mc-back");
        bar.classList.add("mc-lost");
        bar.textContent = bar.dataset.lost;
        makeRoom();
      }, 1500); // most losses last less, and nobody needs to know
    } else if (bar.classList.contains("mc-lost")) {
      bar.classList.replace("mc-lost", "mc-back");
      bar.textContent = bar.dataset.back;
      makeRoom();
      waiting = setTimeout(() => {
        bar.classList.remove("mc-back");
        makeRoom();
      }, 2500);
    }
  }
  document.addEventListener("DOMContentLoaded", () => {
    voice();
    const popup = document.getElementById("popup");
    if (popup)
      new MutationObserver(() => tell(popup.getAttribute("aria-hidden") === "false")).observe(popup, { attributeFilter: ["aria-hidden"] });
  });

  // ---- Coming in and going out: a page cannot set the session's cookie, so its ticket is exchanged for one over HTTP.
  async function post(path, wish) {
    const answer = await fetch(base + path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-MyCount": "1" },
      body: JSON.stringify(wish),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return base + (await answer.json()).next;
  }
  async function enter(ticket, next = wish()) {
    try {
      location.replace(await post("/auth/session", { ticket, next })); // going back must not lead to a form that is done
      return true;
    } catch {
      return false;
    }
  }
  async function leave() {
    mycount.drafts.forget();
    mycount.lastSeen.forget(); // before the server, hearing of it, sends this page elsewhere
    window.socket?.disconnect(); // and so that it does not: it would say that the session was ended elsewhere
    location.replace(await post("/auth/sign-out", {}).catch(() => location.href));
  }

  // ---- What was wanted before signing in stands behind the #: an invite's token, for one, is then in no server's log.
  function wish() {
    try {
      return decodeURIComponent(location.hash.slice(1)) || "/";
    } catch {
      return "/";
    }
  }
  function keepWish(event) {
    const link = event.target.closest?.("a[data-goes-on]");
    if (link && !link.hash) link.hash = location.hash;
  }
  for (const press of ["click", "auxclick", "contextmenu"]) document.addEventListener(press, keepWish, true);

  // ---- The server writes days and times as they are where the person is; it learns the zone from this cookie.
  // Both asking and telling take a while, and nothing of this page waits for it.
  window.addEventListener("load", () => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone) document.cookie = `mycount_zone=${zone}; path=${base}/; max-age=31536000; SameSite=Lax`;
  });

  // ---- A language for this browser, until an account says another; none is the browser's own.
  function speak(code) {
    document.cookie = `mycount_language=${code ?? ""}; path=${base}/; max-age=${code ? 31536000 : 0}; SameSite=Lax`;
    keep("mc-spoke", "yes");
    location.reload();
  }

  // ---- Going to another page with a word about why; it is said there.
  function goElsewhere(path, word) {
    keep("mc-word", word);
    location.href = base + path;
  }
  function sayWord() {
    const word = kept("mc-word");
    if (word) tellShortly(word, 300, 8000);
  }
  function tellShortly(word, pause, long) {
    const place = Object.assign(document.createElement("div"), { className: "mc-toasts" });
    const toast = Object.assign(document.createElement("div"), { className: "mc-toast" });
    toast.append(Object.assign(document.createElement("span"), { className: "mc-toast-text", textContent: word }));
    place.append(toast);
    document.body.append(place);
    makeRoom();
    setTimeout(() => say(word), pause);
    setTimeout(() => {
      place.remove();
      makeRoom();
    }, long);
    return place;
  }
  document.addEventListener("DOMContentLoaded", sayWord);

  // ---- A press that nobody hears, since the connection is lost: the browser does it once it is back, and says so at once.
  let unheard = null;
  function heard() {
    unheard?.remove();
    makeRoom();
  }
  window.addEventListener("online", heard);
  function tellLost() {
    heard();
    unheard = tellShortly(document.querySelector(".mc-connection")?.dataset.unheard, 60, 6000);
  }

  // ---- Going back closes the sheet on top: each open sheet has an entry of its own in the history, and takes it along.
  const sheets = []; // how each of them is closed, the topmost last
  let stepping = 0, settling = 0, leaving = false;
  const entries = () => history.state?.mcSheets ?? 0;
  function settle() {
    clearTimeout(settling);
    if (stepping || leaving) return;
    if (!entries()) history.scrollRestoration = sheets.length ? "manual" : "auto"; // a sheet keeps the page in its place
    while (entries() < sheets.length) history.pushState({ ...history.state, mcSheets: entries() + 1 }, "");
    if (entries() > sheets.length) {
      stepping = setTimeout(stepped, 1000); // where there is nothing to step to nobody hears of it
      history.go(sheets.length - entries());
    }
  }
  function stepped() {
    clearTimeout(stepping);
    stepping = 0;
    settle();
  }
  function settleIn(moment) {
    clearTimeout(settling);
    settling = setTimeout(settle, moment);
  }
  window.addEventListener("popstate", () => {
    if (stepping) return stepped();
    while (sheets.length > entries()) sheets.pop()();
    settleIn(0); // forward leads to a sheet that is closed: back again
  });
  window.addEventListener("beforeunload", () => {
    leaving = true; // a step back now would call off going to another page
    setTimeout(() => (leaving = false), 3000);
  });
  const opened = (close) => {
    sheets.push(close);
    settle();
  };
  const closed = (close) => {
    if (sheets.includes(close)) sheets.splice(sheets.indexOf(close), 1);
    settleIn(50); // the next sheet takes over its entry; a way to another page is known by then
  };

  // ---- What a page shows is said in its address; going back from a sheet must not bring an older one of it.
  let shownAt = null;
  function address(path) {
    shownAt = (window.path_prefix ?? "") + path;
    followSearch();
    history.replaceState(history.state, "", shownAt);
  }
  window.addEventListener("popstate", () => shownAt && history.replaceState(history.state, "", shownAt));

  // ---- On a phone, searching or narrowing the list is like a sheet: going back ends it. What a link asked for at the
  // beginning belongs to the page itself, unless the page was loaded again or come back to.
  const phone = matchMedia("(max-width:719.98px)");
  const narrows = (address) => /\/groups\/\d+\?/.test(address);
  let searches = false;
  function followSearch() {
    const now = phone.matches && (root.classList.contains("mc-searching") || narrows(shownAt ?? ""));
    if (now === searches) return;
    searches = now;
    (now ? opened : closed)(endSearch);
  }
  function endSearch() {
    searches = false;
    const opener = document.querySelector("[data-searches]");
    if (document.activeElement?.closest("[role=search]")) opener?.focus();
    root.classList.remove("mc-searching");
    opener?.setAttribute("aria-expanded", "false");
    const all = [".mc-finder .mc-chip:first-child", ".mc-finder-phone .mc-icon-btn"]; // the list's own, and that of the field
    document.querySelector(all.find((it) => document.querySelector(it)))?.click();
  }
  document.addEventListener("DOMContentLoaded", () => {
    if (!entries()) return;
    if (phone.matches && narrows(location.pathname + location.search)) {
      searches = true;
      sheets.push(endSearch);
    }
    settleIn(2000); // a form may open again by itself
  });

  // ---- Searching on a phone: a press on [data-searches] shows the field and goes there, and hides it if it is empty.
  const inSight = (element) => element.getClientRects().length > 0;
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("[data-searches]");
    if (!pressed) return;
    const input = [...document.querySelectorAll("[role=search] input")].find((it) => it.closest(".mc-finder-phone"));
    const hide = inSight(input) && !input.value;
    root.classList.toggle("mc-searching", !hide);
    pressed.setAttribute("aria-expanded", String(!hide));
    if (!hide) input.focus();
    followSearch();
  });

  // ---- One key presses one button, or leads to one field: that which names it in aria-keyshortcuts. Of several the last:
  // what was said last can be undone. Never while something is typed, nor where somebody has switched it off.
  function keysAreOn() {
    try {
      return localStorage.getItem("mc-keys") !== "off";
    } catch {
      return true; // what is not kept is not switched off
    }
  }
  function latin({ key, code, shiftKey }) {
    if (/[\x20-\x7e]/.test(key)) return key.toLowerCase();
    if (code === "Slash") return shiftKey ? "?" : "/"; // keyboards of other scripts have other letters in the same places
    return code.replace(/^Key/, "").toLowerCase();
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    if (event.target.closest?.("input,select,textarea,[contenteditable]") || document.querySelector(".q-dialog:not([inert])")) return;
    const named = [...document.querySelectorAll(`[aria-keyshortcuts="${CSS.escape(latin(event))}"]`)];
    const wanted = named.filter((it) => !it.disabled && !it.closest(".hidden")).at(-1);
    if (!wanted || !keysAreOn()) return;
    if (!wanted.matches("input")) wanted.click();
    else if (inSight(wanted)) {
      wanted.focus();
      wanted.select();
    } else return;
    event.preventDefault();
  });

  window.mycount = {
    address,
    keysAreOn,
    copy,
    enter,
    goElsewhere,
    leave,
    makeRoom,
    makeWay,
    say,
    speak,
    tellLost,
    sheets: { opened, closed },
    theme(choice) {
      setDark(choice === "system" ? null : choice === "dark"); // NiceGUI's own: it tells Quasar and the meta element
    },
    keepFocus() {
      // what it would go back to is gone: whoever listens or walks by keyboard is not sent to the top of the page
      setTimeout(() => {
        if (document.activeElement !== document.body || document.querySelector(".mc-sheet")) return;
        const place = document.querySelector("[role=tabpanel]") ?? document.querySelector("#app h1");
        place?.setAttribute("tabindex", "-1");
        place?.focus({ preventScroll: true });
      }, 50);
    },
    focus(id) {
      setTimeout(() => {
        const place = document.getElementById(id);
        (place?.matches("button,[tabindex]") ? place : place?.querySelector("input,select,textarea,button"))?.focus();
      }, 50); // a menu that closes gives the focus back first
    },
  };
})();
