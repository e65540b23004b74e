// Keeps the form around it in this browser. The server says what the form holds; what is typed meanwhile, also without
// a connection, is read from the fields themselves, so that not a letter is lost.
export default {
  template: `<span hidden></span>`,
  props: { name: String, opener: Object, form: Object, worth: Boolean },
  emits: ["found"],
  watch: {
    form() {
      if (!this.worth) {
        clearTimeout(this.timer);
        mycount.drafts.drop(this.name);
        return;
      }
      mycount.drafts.keep(this.name, this.form);
      clearTimeout(this.timer);
      this.timer = setTimeout(this.overlay, 60); // once the fields show what the server has written into them
    },
  },
  mounted() {
    this.sheet = this.$el.closest(".mc-sheet");
    this.sheet.addEventListener("input", this.typed);
    mycount.drafts.opened(this.opener);
    const kept = mycount.drafts.read(this.name);
    if (kept) this.$emit("found", kept);
  },
  beforeUnmount() {
    clearTimeout(this.timer);
    this.sheet.removeEventListener("input", this.typed);
    if (JSON.stringify(mycount.drafts.wasOpen()) === JSON.stringify(this.opener)) mycount.drafts.opened(null);
  },
  methods: {
    typed(event) {
      const part = event.target.closest("[data-draft]");
      if (!part) return;
      clearTimeout(this.timer);
      this.overlay(part.dataset.draft);
    },
    overlay(chosen) {
      const kept = mycount.drafts.read(this.name) ?? (chosen ? this.form : null);
      if (!kept) return;
      const now = JSON.parse(JSON.stringify(kept));
      if (["day", "split", "payers"].includes(chosen) && !now.chosen.includes(chosen)) now.chosen.push(chosen);
      for (const part of this.sheet.querySelectorAll("[data-draft]")) this.read(part, now);
      mycount.drafts.keep(this.name, now);
    },
    read(part, now) {
      const what = part.dataset.draft;
      if (what === "split" || what === "payers") {
        if (what === "split") now.mode = part.dataset.mode;
        const texts = what === "split" ? (now.texts[part.dataset.mode] ??= {}) : now.payers;
        for (const input of part.querySelectorAll("input.mc-typed")) texts[input.id.split("-t").pop()] = input.value;
        const ticks = [...part.querySelectorAll("input.mc-check")];
        if (ticks.length) now.people = ticks.filter((tick) => tick.checked).map((tick) => Number(tick.id.split("-").pop()));
      } else {
        const input = part.querySelector("input,textarea");
        if (input) now[what] = input.value;
      }
    },
  },
};
