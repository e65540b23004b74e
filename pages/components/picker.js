// One of a handful, all of them in view: rows with a person or an icon, or tiles that are only icons. Native radio
// buttons, so arrow keys, forms and screen readers work by themselves.
export default {
  template: `
    <fieldset :class="['mc-picker', 'mc-picker--' + look]" :disabled="disable">
      <legend class="mc-field-label">{{ label }}</legend>
      <label v-for="option in options" :key="option.value" :class="{ 'mc-on': option.value === picked }" :title="look === 'tiles' ? option.label : undefined">
        <input type="radio" class="mc-only-read" :name="$attrs.id" :value="option.value" v-model="picked" @change="$emit('update:value', picked)" />
        <span v-if="option.initials" :class="['mc-avatar', 'mc-avatar--' + option.colour]" aria-hidden="true">{{ option.initials }}</span>
        <span v-if="option.icon" class="mc-tile"><svg class="mc-i" aria-hidden="true"><use :href="sprite + '#' + option.icon" /></svg></span>
        <span :class="look === 'tiles' ? 'mc-only-read' : 'mc-grow mc-given'">{{ option.label }}</span>
        <svg v-if="look === 'rows' && option.value === picked" class="mc-i" aria-hidden="true"><use :href="sprite + '#check_circle'" /></svg>
      </label>
      <p v-if="error" class="mc-field-error" role="alert">{{ error }}</p>
    </fieldset>`,
  props: { value: [String, Number], options: Array, label: String, look: String, error: String, disable: Boolean, sprite: String, loopback: Boolean },
  data() {
    return { picked: this.value };
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
  },
};
