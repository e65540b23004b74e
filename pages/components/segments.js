// One of few, side by side: as segments of a bar (radio buttons to a screen reader) or as tabs. Arrow keys walk.
export default {
  template: `
    <div :class="tabs ? 'mc-tabs' : 'mc-seg'" :role="tabs ? 'tablist' : 'radiogroup'" :aria-label="label" @keydown="walk">
      <button v-for="option in options" :key="option.value" ref="parts" type="button" :class="{ 'mc-on': option.value === picked }"
        :role="tabs ? 'tab' : 'radio'" v-bind="{ [tabs ? 'aria-selected' : 'aria-checked']: option.value === picked }"
        :tabindex="option.value === reachable ? 0 : -1" :disabled="disable" @click="pick(option.value)">{{ option.label }}</button>
    </div>`,
  props: { value: [String, Number], options: Array, label: String, tabs: Boolean, disable: Boolean, loopback: Boolean },
  data() {
    return { picked: this.value };
  },
  computed: {
    reachable() {
      return this.options.some((option) => option.value === this.picked) ? this.picked : this.options[0]?.value;
    },
  },
  watch: {
    value() {
      this.updateValue();
    },
  },
  mounted() {
    this.show();
  },
  methods: {
    updateValue() {
      this.picked = this.value;
      this.$nextTick(this.show);
    },
    pick(value) {
      if (value === this.picked) return;
      this.picked = value;
      this.$emit("update:value", value);
      this.$nextTick(this.show);
    },
    show() {
      // in its own bar only: the page itself must not move
      const bar = this.$el, part = bar.querySelector(".mc-on");
      if (part && bar.scrollWidth > bar.clientWidth) bar.scrollLeft += part.getBoundingClientRect().left - bar.getBoundingClientRect().left - 24;
    },
    walk(event) {
      const rtl = getComputedStyle(this.$el).direction === "rtl" ? -1 : 1;
      const step = { ArrowRight: rtl, ArrowLeft: -rtl, ArrowDown: 1, ArrowUp: -1 }[event.key];
      const edge = { Home: 0, End: this.options.length - 1 }[event.key];
      if (step === undefined && edge === undefined) return;
      event.preventDefault();
      const now = this.options.findIndex((option) => option.value === this.reachable);
      const next = edge ?? (now + step + this.options.length) % this.options.length;
      this.pick(this.options[next].value);
      this.$refs.parts[next].focus();
    },
  },
};
