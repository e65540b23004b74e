// The signs that a phone's number pad lacks. They show while the field has the focus, and it keeps it.
export default {
  template: `
    <div :class="['mc-keys', { 'mc-keys--near': near }]" role="group" :aria-label="label" @pointerdown.prevent @mousedown.prevent>
      <button v-for="key in keys" :key="key.sign" type="button" tabindex="-1" :aria-label="key.name" @click="put(key.sign)">{{ key.sign }}</button>
    </div>`,
  props: { field: String, keys: Array, label: String },
  data() {
    return { near: false };
  },
  mounted() {
    this.$nextTick(() => {
      this.input = document.getElementById(this.field)?.querySelector("input");
      this.input?.addEventListener("focus", this.come);
      this.input?.addEventListener("blur", this.go);
      this.near = document.activeElement === this.input;
    });
  },
  beforeUnmount() {
    this.input?.removeEventListener("focus", this.come);
    this.input?.removeEventListener("blur", this.go);
  },
  methods: {
    come() {
      this.near = true;
    },
    go() {
      this.near = false;
    },
    put(sign) {
      const { selectionStart, selectionEnd } = this.input;
      this.input.setRangeText(sign, selectionStart, selectionEnd, "end");
      this.input.dispatchEvent(new Event("input", { bubbles: true }));
      this.input.focus({ preventScroll: true });
    },
  },
};
