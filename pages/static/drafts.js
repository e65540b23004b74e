// Unfinished forms, kept in this browser: what is typed outlives a reload, a restart of the server and a lost
// connection. A draft is for one user, one group and one expense; all of them go when somebody signs out.
(() => {
  "use strict";
  const prefix = "mycount.draft:";
  const openKey = "mycount.open-form"; // per tab: which form was open when the page went away
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
    drop(name) {
      attempt(() => localStorage.removeItem(prefix + name));
    },
    forget() {
      attempt(() => {
        for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
        sessionStorage.removeItem(openKey);
      });
    },
    opened(form) {
      attempt(() => (form ? sessionStorage.setItem(openKey, JSON.stringify(form)) : sessionStorage.removeItem(openKey)));
    },
    wasOpen() {
      return attempt(() => JSON.parse(sessionStorage.getItem(openKey)));
    },
  };

  if (location.pathname === "/sign-in") drafts.forget(); // where everybody comes who signed out, here or elsewhere
  window.mycount = Object.assign(window.mycount ?? {}, { drafts });
})();
