// One of very many: type a few letters, choose from what fits. The list opens below the field and pushes what follows
// down, so that nothing can cut it off. A combobox to screen readers.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export default {
  template: `
    <div :class="['mc-field', { 'mc-field--error': error, 'mc-field--disabled': disable }]" @focusout="left">
      <div class="mc-field-box" @click="$refs.input.focus()">
        <span class="mc-field-main">
          <label class="mc-field-label" :for="own">{{ label }}</label>
          <input ref="input" :id="own" type="text" role="combobox" autocomplete="off" aria-autocomplete="list" spellcheck="false"
            :value="open ? typed : chosen" :placeholder="open ? chosen : ''" :disabled="disable" :aria-expanded="open" :aria-controls="own + '-list'"
            :aria-activedescendant="open && found.length ? own + '-' + at : undefined" :aria-invalid="error ? 'true' : undefined"
            @input="type" @mousedown="show" @keydown="key" />
        </span>
        <svg class="mc-i mc-i--small mc-muted" aria-hidden="true"><use :href="sprite + '#' + (open ? 'search' : 'expand_more')" /></svg>
      </div>
      <ul v-show="open" ref="list" class="mc-options" role="listbox" :id="own + '-list'" :aria-label="label" @mousedown.prevent>
        <li v-for="(option, i) in found" :key="option.value" :id="own + '-' + i" role="option" :aria-selected="option.value === picked"
          :class="{ 'mc-at': i === at }" @mousemove="at = i" @click="pick(option)">{{ option.label }}</li>
        <li v-if="!found.length" class="mc-muted" role="option" aria-disabled="true" aria-selected="false">{{ nothing }}</li>
      </ul>
      <p v-if="error" class="mc-field-error" role="alert">{{ error }}</p>
      <p v-else-if="hint" class="mc-field-hint">{{ hint }}</p>
    </div>`,
  props: {
    value: [String, Number],
    options: Array,
    label: String,
    hint: String,
    nothing: String,
    error: String,
    disable: Boolean,
    sprite: String,
    loopback: Boolean,
  },
  data() {
    return { picked: this.value, typed: "", open: false, at: 0 };
  },
  computed: {
    own() {
      return this.$attrs.id + "-in";
    },
    chosen() {
      return this.options.find((option) => option.value === this.picked)?.label ?? "";
    },
    found() {
      const words = plain(this.typed).split(/\s+/).filter(Boolean);
      return this.options.filter((option) => words.every((word) => plain(option.label).includes(word)));
    },
  },
  watch: {
    value() {
      this.updateValue();
    },
  },
  methods: {
    updateValue() {
      this.picked = this.value;
    },
    show() {
      if (this.open || this.disable) return;
      this.typed = "";
      this.open = true;
      this.move(Math.max(0, this.found.findIndex((option) => option.value === this.picked)));
    },
    type(event) {
      this.open = true;
      this.typed = event.target.value;
      this.move(0);
    },
    move(to) {
      this.at = Math.min(Math.max(to, 0), this.found.length - 1);
      this.$nextTick(() => {
        const list = this.$refs.list, row = list?.children[this.at]; // in the list only: the sheet must not jump
        if (row) list.scrollTop = Math.min(Math.max(list.scrollTop, row.offsetTop + row.offsetHeight - list.clientHeight), row.offsetTop);
      });
    },
    pick(option) {
      this.open = false;
      if (!option || option.value === this.picked) return;
      this.picked = option.value;
      this.$emit("update:value", option.value);
    },
    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
      if (step && this.open) this.move(this.at + step);
      else if (step) this.show();
      else if (event.key === "Enter" && this.open) this.pick(this.found[this.at]);
      else if (event.key === "Escape" && this.open) this.open = false;
      else return;
      event.preventDefault();
      event.stopPropagation(); // Enter must not send the form, nor Escape close the sheet, while the list is open
    },
    left(event) {
      if (!this.$el.contains(event.relatedTarget)) this.open = false;
    },
    focus() {
      this.$refs.input?.focus();
    },
  },
};
