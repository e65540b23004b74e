// The page that is shown where nothing answers: which of the two it is, what was seen last, and going on by itself.
(() => {
  "use strict";
  const root = document.documentElement;
  const { base, sentences } = JSON.parse(document.getElementById("offline-words").textContent);
  const longest = 30 * 24 * 3600e3; // milliseconds; balances older than that help nobody
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(`mycount.last-seen:${base}`));
    } catch {
      return null;
    }
  };
  const seen = read();

  // ---- In the language of whoever was here last, else in the browser's.
  const spoken = [seen?.language, ...navigator.languages].filter(Boolean);
  const known = (tag) => [tag.replace("-", "_"), tag.split("-")[0]].find((code) => sentences[code]);
  const language = spoken.map(known).find(Boolean) ?? Object.keys(sentences)[0];
  const { dir, ...words } = sentences[language];
  root.lang = language.replace("_", "-");
  root.dir = dir;
  if (seen?.theme) root.dataset.theme = seen.theme;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word];

  function tellWhich() {
    const title = navigator.onLine ? words.unreachable : words.offline;
    document.getElementById("which").textContent = title;
    document.title = `${title} · MyCount`;
  }
  tellWhich();

  // ---- What was seen last, with the moment at which it was, written as in the browser's region.
  const region = navigator.languages.find((tag) => known(tag) === language) ?? root.lang;
  const moment = (at) => new Intl.DateTimeFormat(region, { dateStyle: "medium", timeStyle: "short" }).format(at);
  function made(name, className, text, ...inside) {
    const element = Object.assign(document.createElement(name), { className, textContent: text });
    element.append(...inside);
    return element;
  }
  const line = (group) =>
    made("li", "", "",
      made("div", "who", "", made("bdi", "name", group.name), made("span", "quiet", words.as_of.replace("{when}", moment(group.at)))),
      made("div", "sums", "", ...group.sums.map((sum) =>
        made("div", sum.tint ?? "", "", ...(sum.amount ? [made("bdi", "amount", sum.amount)] : []), made("span", sum.amount ? "quiet" : "", sum.word)))));
  const groups = (seen?.groups ?? []).filter((group) => Date.now() - group.at < longest);
  if (groups.length) {
    const latest = Math.max(...groups.map((group) => group.at));
    document.getElementById("when").textContent = words.last_seen.replace("{when}", moment(latest));
    document.getElementById("groups").append(...groups.map(line));
    document.getElementById("seen").hidden = false;
  }

  // ---- Going on as soon as the server answers, be it with a page that says what is wrong with it.
  const shortest = 2000, slowest = 20000; // milliseconds
  let pause = shortest, waiting = 0;
  function goOn() {
    if (location.pathname === `${base}/offline`) location.replace(`${base}/`);
    else location.reload();
  }
  async function look() {
    clearTimeout(waiting);
    try {
      await fetch(`${base}/livez`, { cache: "no-store", signal: AbortSignal.timeout(10000) });
      goOn();
    } catch {
      pause = Math.min(pause * 1.5, slowest);
      waiting = setTimeout(look, pause);
    }
  }
  function lookSoon() {
    tellWhich();
    pause = shortest;
    clearTimeout(waiting);
    waiting = setTimeout(look, 300);
  }
  waiting = setTimeout(look, pause);
  window.addEventListener("online", lookSoon);
  window.addEventListener("offline", tellWhich);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && lookSoon());
  document.getElementById("again").addEventListener("click", goOn);
})();
