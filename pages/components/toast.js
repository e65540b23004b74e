// A short word about what was done, with a way back. It goes by itself, later where a pointer rests on it.
export default {
  template: `
    <div class="mc-toast" role="region" :aria-label="text" @mouseenter="rest" @mouseleave="leave" @focusin="stay" @focusout="leave">
      <span class="mc-toast-text">{{ text }}</span>
      <button v-if="undo" type="button" aria-keyshortcuts="u" @click="back">{{ undo }}</button>
    </div>`,
  props: { text: String, undo: String, seconds: Number },
  data() {
    return { timer: 0, over: false };
  },
  mounted() {
    mycount.say(this.undo ? `${this.text}. ${this.undo}` : this.text);
    this.leave();
    mycount.makeRoom();
  },
  beforeUnmount() {
    clearTimeout(this.timer);
    this.focused = this.$el.contains(document.activeElement);
  },
  unmounted() {
    mycount.makeRoom();
    if (this.focused) mycount.keepFocus();
  },
  methods: {
    stay() {
      clearTimeout(this.timer);
    },
    rest() {
      this.goAfter(20); // a pointer may have been left there, and after a tap a phone thinks that one was
    },
    leave() {
      this.goAfter(this.seconds);
    },
    goAfter(seconds) {
      clearTimeout(this.timer);
      if (!this.over) this.timer = setTimeout(() => this.$emit("gone"), seconds * 1000);
    },
    back() {
      if (this.over) return;
      this.over = true; // one press, one undoing
      clearTimeout(this.timer);
      this.$emit("undo");
    },
  },
};
