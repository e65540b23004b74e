// Tells the page that a form was open when it went away (a reload, a restart of the server), so that it opens again.
export default {
  template: `<span hidden></span>`,
  props: { user: Number, group: Number },
  emits: ["reopen"],
  mounted() {
    mycount.drafts.belongTo(this.user);
    const form = mycount.drafts.wasOpen();
    if (form && form.user === this.user && form.group === this.group) this.$emit("reopen", form);
  },
};
