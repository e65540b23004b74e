// Notes, in milliseconds since the page was asked for, when words were first painted and when presses are heard.
(() => {
  const seen = {}, wanted = {};
  window.bench = { seen, pressed: 0, watch, forget, until, clock: () => performance.timeOrigin };
  let dirty = true;

  function watch(name, words, where = "body") {
    wanted[name] = { words, where };
    dirty = true;
  }

  function forget(name) {
    delete wanted[name];
    delete seen[name];
  }

  // Resolves once everything that is named was seen; a page may forbid Playwright to ask again and again.
  function until(names, patience) {
    return new Promise((done, fail) => {
      const end = performance.now() + patience;
      const ask = () => {
        if (names.every((name) => typeof seen[name] === "number")) done(seen);
        else if (performance.now() > end) fail(new Error(`not seen of ${names}: ${document.body.innerText.slice(0, 400)}`));
        else setTimeout(ask, 20);
      };
      ask();
    });
  }

  const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ");

  function isThere({ words, where }) {
    const found = [...document.querySelectorAll(where)].map((part) => plain(part.innerText ?? ""));
    return words.every((word) => found.some((text) => text.includes(word)));
  }

  function look() {
    if (dirty && document.body) {
      dirty = false;
      for (const [name, what] of Object.entries(wanted))
        if (!(name in seen) && isThere(what)) {
          seen[name] = null;
          afterPaint(() => (seen[name] = performance.now()));
        }
    }
    requestAnimationFrame(look);
  }

  function afterPaint(act) {
    const { port1, port2 } = new MessageChannel(); // a message posted while drawing is heard after the frame
    port1.onmessage = act;
    port2.postMessage(0);
  }

  new MutationObserver(() => (dirty = true)).observe(document, {
    childList: true, subtree: true, characterData: true, attributes: true,
  });
  addEventListener("load", () => (dirty = true), true); // of styles as well, which may uncover something
  addEventListener("click", (event) => (window.bench.pressed = event.timeStamp), true);
  let connected = false;
  Object.defineProperty(window, "did_handshake", {
    get: () => connected,
    set(value) {
      connected = value;
      if (value) seen.connected ??= performance.now();
    },
  });
  requestAnimationFrame(look);
})();
