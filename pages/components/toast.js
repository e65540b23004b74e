// A short word about what was done, with a way back. It goes by itself, but not while it is looked at.
export default {
  template: `
    <div class="mc-toast" role="region" :aria-label="text" @mouseenter="stay" @mouseleave="leave" @focusin="stay" @focusout="leave">
      <span class="mc-toast-text">{{ text }}</span>
      <button v-if="undo" type="button" @click="back">{{ undo }}</button>
    </div>`,
  props: { text: String, undo: String, seconds: Number },
  data() {
    return { timer: 0, over: false };
  },
  mounted() {
    mycount.say(this.undo ? `${this.text}. ${this.undo}` : this.text);
    this.leave();
  },
  beforeUnmount() {
    clearTimeout(this.timer);
  },
  methods: {
    stay() {
      clearTimeout(this.timer);
    },
    leave() {
      clearTimeout(this.timer);
      if (!this.over) this.timer = setTimeout(() => this.$emit("gone"), this.seconds * 1000);
    },
    back() {
      if (this.over) return;
      this.over = true; // one press, one undoing
      clearTimeout(this.timer);
      this.$emit("undo");
    },
  },
};
