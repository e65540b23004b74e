// An amount that counts to its new value, in whatever way the text is written: the digits are counted, the rest stands still.
export default {
  template: `<span class="mc-amount">{{ shown }}</span>`,
  props: { text: String },
  data() {
    return { shown: this.text, frame: 0 };
  },
  watch: {
    text(now, before) {
      cancelAnimationFrame(this.frame);
      const from = this.digits(before), to = this.digits(now);
      if (from === null || to === null || matchMedia("(prefers-reduced-motion: reduce)").matches) this.shown = now;
      else this.count(from, to, now);
    },
  },
  beforeUnmount() {
    cancelAnimationFrame(this.frame);
  },
  methods: {
    digits(text) {
      const found = text.replace(/\D/g, ""); // other scripts' digits are not ASCII: those amounts change at once
      return found && found.length < 16 ? Number(found) : null;
    },
    count(from, to, now) {
      const start = performance.now();
      const step = (time) => {
        const part = Math.min(1, Math.max(0, (time - start) / 420));
        const eased = 1 - (1 - part) ** 3;
        this.shown = part < 1 ? this.write(Math.round(from + (to - from) * eased), now) : now;
        if (part < 1) this.frame = requestAnimationFrame(step);
      };
      this.frame = requestAnimationFrame(step);
    },
    write(value, pattern) {
      const places = pattern.replace(/\D/g, "").length;
      const digits = String(value).padStart(places, "0").slice(-places);
      let at = 0;
      return pattern.replace(/\d/g, () => digits[at++]);
    },
  },
};
