// An amount that counts to its new value, in whatever way the text is written: the digits are counted, the rest stands still.
// Only the eye sees it count: for whoever listens the new value is there at once.
const DIGIT = /[0-9\u0660-\u0669]/g; // ASCII and Arabic: those that the server writes
const valueOf = (digit) => digit.charCodeAt(0) & 15; // each ten begin where the last four bits are none

export default {
  template: `
    <span class="mc-amount"><template v-if="shown === text">{{ text }}</template><template v-else><span class="mc-only-read">{{ text }}</span><span aria-hidden="true">{{ shown }}</span></template></span>`,
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
      const found = (text.match(DIGIT) ?? []).map(valueOf).join("");
      return found && found.length < 16 ? Number(found) : null;
    },
    count(from, to, now) {
      const start = performance.now();
      const step = (time) => {
        const part = Math.min(1, Math.max(0, (time - start) / 280));
        const eased = 1 - (1 - part) ** 3;
        this.shown = part < 1 ? this.write(Math.round(from + (to - from) * eased), now) : now;
        if (part < 1) this.frame = requestAnimationFrame(step);
      };
      this.frame = requestAnimationFrame(step);
    },
    write(value, pattern) {
      const places = pattern.match(DIGIT).length;
      const digits = String(value).padStart(places, "0").slice(-places);
      let at = 0;
      return pattern.replace(DIGIT, (digit) => String.fromCharCode(digit.charCodeAt(0) - valueOf(digit) + Number(digits[at++])));
    },
  },
};
