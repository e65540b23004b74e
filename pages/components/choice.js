// One of many, in the look of a field: the browser's own list, which every phone and every keyboard knows.
export default {
  template: `
    <div :class="['mc-field', { 'mc-field--error': error, 'mc-field--disabled': disable }]">
      <div class="mc-field-box">
        <slot name="before"></slot>
        <span class="mc-field-main">
          <label class="mc-field-label" :class="{ 'mc-only-read': quietLabel }" :for="own">{{ label }}</label>
          <select ref="input" :id="own" v-model="at" :disabled="disable" @change="say"
            :aria-invalid="error ? 'true' : undefined" :aria-describedby="error ? own + '-error' : hint ? own + '-hint' : undefined">
            <option v-for="(option, i) in options" :key="i" :value="i">{{ option.label }}</option>
          </select>
        </span>
        <svg class="mc-i mc-i--small mc-muted" aria-hidden="true" style="pointer-events:none"><use :href="sprite + '#expand_more'" /></svg>
      </div>
      <p v-if="error" class="mc-field-error" role="alert" :id="own + '-error'">{{ error }}</p>
      <p v-else-if="hint" class="mc-field-hint" :id="own + '-hint'">{{ hint }}</p>
    </div>`,
  props: {
    value: [String, Number],
    options: Array,
    label: String,
    quietLabel: Boolean,
    hint: String,
    error: String,
    disable: Boolean,
    sprite: String,
    loopback: Boolean,
  },
  data() {
    return { picked: this.value };
  },
  computed: {
    at: {
      get() {
        return this.options.findIndex((option) => option.value === this.picked);
      },
      set(place) {
        this.picked = this.options[place].value;
      },
    },
    own() {
      return this.$attrs.id + "-in";
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
    say() {
      this.$emit("update:value", this.picked);
    },
    focus() {
      this.$refs.input?.focus();
    },
  },
};
