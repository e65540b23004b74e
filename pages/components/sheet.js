// A sheet. It is closed here, at once, and the server hears of it: a press right after it must not wait for an answer.
// What is going lets presses through to what comes into view below it.
let first = null; // the sheet in which a series of presses began
document.addEventListener("click", (event) => {
  if (event.detail < 2) first = event.target.closest?.(".mc-sheet") ?? null;
  else if (first?.closest("[inert]")) event.stopImmediatePropagation(); // the second half of a double press on its Close
}, true);

export default {
  template: `
    <q-dialog :model-value="open" @update:model-value="turn" :inert="!open" @show="hold(true)" @hide="gone">
      <slot></slot>
    </q-dialog>`,
  props: { modelValue: Boolean, loopback: Boolean },
  emits: ["update:modelValue", "hide"],
  data() {
    return { open: this.modelValue };
  },
  watch: {
    modelValue(said) {
      this.turn(said);
    },
  },
  mounted() {
    if (this.open) mycount.sheets.opened(this.close);
  },
  unmounted() {
    mycount.sheets.closed(this.close);
    this.hold(false);
  },
  methods: {
    close() {
      this.turn(false);
    },
    turn(now) {
      if (now === this.open) return;
      this.open = now;
      if (now) mycount.sheets.opened(this.close);
      else mycount.sheets.closed(this.close);
      if (now !== this.modelValue) this.$emit("update:modelValue", now);
    },
    hold(on) {
      // NiceGUI's own: the page behind stays where it is
      document.documentElement.classList.toggle("nicegui-dialog-open", on);
    },
    gone() {
      this.hold(false);
      mycount.keepFocus();
      this.$emit("hide");
    },
  },
};
