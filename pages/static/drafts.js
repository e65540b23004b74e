// Unfinished forms, kept in this browser: what is typed outlives a reload, a restart of the server and a lost
// connection. A draft is for one user, one group and one expense. It waits while a session has ended by itself or was
// ended elsewhere; all of them go when somebody signs out here, and those of others when somebody else comes in.
(() => {
  "use strict";
  const base = new URL("..", document.currentScript.src).pathname.slice(0, -1); // "/money" below a path, else ""
  const prefix = `mycount.draft:${base}`; // another MyCount below another path of this host keeps its own
  const openKey = `mycount.open-form${base}`; // per tab: which form was open when the page went away
  const longest = 30 * 24 * 3600e3;

  function attempt(act) {
    try {
      return act();
    } catch {
      return null; // no storage (a private window, a full disk): then nothing is kept, and nothing else breaks
    }
  }

  const drafts = {
    read(name) {
      const kept = attempt(() => JSON.parse(localStorage.getItem(prefix + name)));
      return kept && Date.now() - kept.at < longest ? kept.form : null;
    },
    keep(name, form) {
      attempt(() => localStorage.setItem(prefix + name, JSON.stringify({ at: Date.now(), form })));
    },
    drop(name, keys) {
      // with keys only what was kept under one of them: another window may keep its own form there
      const kept = keys && drafts.read(name);
      if (!kept || keys.includes(kept.submit_key)) attempt(() => localStorage.removeItem(prefix + name));
    },
    forget() {
      attempt(() => {
        for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
        sessionStorage.removeItem(openKey);
      });
    },
    belongTo(user) {
      attempt(() => {
        for (const key of Object.keys(localStorage)) {
          const whose = key.startsWith(prefix) && /^\d+/.exec(key.slice(prefix.length));
          if (whose && Number(whose[0]) !== user) localStorage.removeItem(key);
        }
      });
    },
    opened(form) {
      attempt(() => (form ? sessionStorage.setItem(openKey, JSON.stringify(form)) : sessionStorage.removeItem(openKey)));
    },
    wasOpen() {
      return attempt(() => JSON.parse(sessionStorage.getItem(openKey)));
    },
  };

  // ---- Saving without a connection: the press waits on its button, and is done once with what is typed by then.
  let pressed = null;
  const lost = () => !navigator.onLine || window.socket?.connected === false || document.getElementById("popup")?.ariaHidden === "false";
  function rest() {
    pressed?.removeAttribute("data-waits");
    pressed = null;
  }
  function wait(button) {
    if (pressed === null) setTimeout(goOn, 250);
    else pressed.removeAttribute("data-waits");
    pressed = button;
    button.setAttribute("data-waits", "");
    mycount.say?.(button.dataset.waiting);
  }
  function goOn() {
    if (!pressed?.isConnected) return rest();
    if (lost()) return setTimeout(goOn, 250);
    const button = pressed;
    rest();
    button.click();
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-waiting]");
    if (!button || !lost()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wait(button);
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !lost()) return;
    const form = event.target.closest?.(".mc-form");
    const button = form && document.querySelector(`[data-waiting][form="${form.id}"]`);
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wait(button);
  }, true);

  // ---- Whatever else is pressed without a connection is answered with a word. What the browser does by itself is not.
  const alone = ".mc-sheet,.mc-toast,[data-waiting],[data-copy],[data-share],[data-searches],.mc-skip";
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("#app button");
    if (pressed && !pressed.closest(alone) && lost()) mycount.tellLost?.();
  }, true);

  window.mycount = Object.assign(window.mycount ?? {}, { drafts });
})();
