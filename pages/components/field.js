// A text field with its label inside the box and its error below it. One native control, one element on the server.
// What is typed is kept here: the server hears of it and never writes it back while it is typed.
export default {
  template: `
    <div :class="['mc-field', look && 'mc-field--' + look, { 'mc-field--error': message, 'mc-field--disabled': disable }]">
      <div class="mc-field-box" @click="toInput">
        <slot name="before"></slot>
        <span class="mc-field-main">
          <label class="mc-field-label" :class="{ 'mc-only-read': quietLabel }" :for="own">{{ label }}</label>
          <span class="mc-field-line" :style="look === 'amount' ? { '--fit': fit } : null">
            <textarea v-if="kind === 'note'" ref="input" v-bind="native" v-model="text" rows="2"></textarea>
            <template v-else-if="look === 'amount'">
              <span v-if="sign && !signAfter" aria-hidden="true">{{ sign }}</span>
              <span class="mc-field-grow" :data-text="text || placeholder"><input ref="input" v-bind="native" v-model="text" type="text" size="1" /></span>
              <span v-if="sign && signAfter" aria-hidden="true">&nbsp;{{ sign }}</span>
            </template>
            <input v-else ref="input" v-bind="native" v-model="text" :type="revealed ? 'text' : type" @click="openPicker" />
            <span v-if="shown && text" class="mc-field-shown" aria-hidden="true">{{ shown }}</span>
          </span>
        </span>
        <button v-if="reveal" type="button" class="mc-field-reveal" :aria-label="reveal" :aria-pressed="revealed" @click.stop="revealed = !revealed">
          <svg class="mc-i" aria-hidden="true"><use :href="sprite + '#' + (revealed ? 'visibility_off' : 'visibility')" /></svg>
        </button>
        <slot name="after"></slot>
      </div>
      <p v-if="message" class="mc-field-error" role="alert" :id="own + '-error'">{{ message }}</p>
      <p v-else-if="hint" class="mc-field-hint" :id="own + '-hint'">{{ hint }}</p>
    </div>`,
  props: {
    value: String,
    label: String,
    quietLabel: Boolean,
    kind: String,
    type: String,
    look: String,
    sign: String,
    signAfter: Boolean,
    shown: String,
    placeholder: String,
    hint: String,
    error: Boolean,
    errorMessage: String,
    disable: Boolean,
    readonly: Boolean,
    autofocus: Boolean,
    inputmode: String,
    autocomplete: String,
    enterkeyhint: String,
    maxlength: Number,
    min: String,
    max: String,
    name: String,
    reveal: String,
    sprite: String,
    shortcut: String,
    loopback: Boolean,
    for: String,
    _autocomplete: Array,
  },
  data() {
    return { text: this.value, revealed: false, emitting: true };
  },
  computed: {
    own() {
      return this.$attrs.id + "-in";
    },
    fit() {
      const length = (this.text || this.placeholder || "").length + (this.sign ?? "").length;
      return Math.max(0.34, Math.min(1, 9.5 / length)).toFixed(3); // a long sum is written smaller, so that all of it is seen
    },
    direction() {
      // what is typed runs as its own letters do; addresses, passwords and sums are the same everywhere
      if (this.look === "amount" || ["email", "password"].includes(this.type)) return "ltr";
      return this.type === "text" || this.kind === "note" ? "auto" : undefined;
    },
    message() {
      return this.error ? this.errorMessage : "";
    },
    native() {
      const { placeholder, disable, readonly, inputmode, autocomplete, enterkeyhint, maxlength, min, max, name } = this;
      const about = this.message ? this.own + "-error" : this.hint ? this.own + "-hint" : undefined;
      return {
        id: this.own, placeholder, disabled: disable, readonly, inputmode, autocomplete, enterkeyhint, maxlength, min, max, name,
        dir: this.direction,
        "data-autofocus": this.autofocus || undefined,
        "aria-keyshortcuts": this.shortcut,
        "aria-invalid": this.message ? "true" : undefined,
        "aria-describedby": about,
      };
    },
  },
  watch: {
    value(said) {
      this.take(said);
    },
    text(typed) {
      if (this.emitting) this.$emit("update:value", typed);
    },
  },
  mounted() {
    if (this.autofocus) this.$nextTick(() => this.$refs.input?.focus({ preventScroll: true }));
  },
  beforeUnmount() {
    const element = mounted_app.elements[this.$attrs.id.slice(1)]; // a field that is drawn anew keeps its text
    if (element) element.props.value = this.text;
  },
  methods: {
    take(said) {
      this.emitting = false;
      this.text = said;
      this.$nextTick(() => (this.emitting = true));
    },
    updateValue() {
      this.take(this.value);
    },
    focus() {
      this.$refs.input?.focus({ preventScroll: true });
      this.$el.scrollIntoView({ block: "nearest" }); // the whole field, with its label and what is said below it
    },
    select() {
      this.$refs.input?.select();
    },
    toInput(event) {
      if (event.target.closest("button,a,input,textarea,label,.q-btn")) return;
      this.focus();
      this.openPicker();
    },
    openPicker() {
      if (this.kind !== "date" || this.disable || this.readonly) return;
      try {
        this.$refs.input.showPicker();
      } catch {} // not everywhere, and only in answer to a press: then it can be typed
    },
  },
};
