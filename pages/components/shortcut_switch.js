// Switches the shortcuts of single keys on and off, for this browser: who speaks to a computer presses keys unmeant.
export default {
  template: `
    <label class="mc-shortcut-switch">
      <input type="checkbox" class="mc-check" v-model="on" @change="keep" />
      <span>{{ label }}</span>
    </label>`,
  props: { label: String },
  data() {
    return { on: mycount.keysAreOn() };
  },
  methods: {
    keep() {
      try {
        localStorage.setItem("mc-keys", this.on ? "on" : "off");
      } catch {
        this.on = true; // what cannot be kept is not switched
      }
    },
  },
};
