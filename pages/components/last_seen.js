// Lets this device keep balances for when there is no connection: when they are drawn, when they change, and when
// somebody comes back to the page while it is connected.
export default {
  template: `<span hidden></span>`,
  props: { user: Number, groups: Array, whole: Boolean },
  watch: { groups: "keep" },
  mounted() {
    this.keep();
    if (this.groups && !this.whole) mycount.lastSeen.add(this.groups[0].id);
    document.addEventListener("visibilitychange", this.lookAgain);
  },
  unmounted() {
    document.removeEventListener("visibilitychange", this.lookAgain);
  },
  methods: {
    keep() {
      if (this.groups) mycount.lastSeen.keep(this.user, this.groups, this.whole);
    },
    lookAgain() {
      if (document.visibilityState === "visible" && window.socket?.connected) this.keep();
    },
  },
};
