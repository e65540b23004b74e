// A link over each column of a chart: for the mouse, the finger and the keyboard. What it says is shown while it is
// pointed at or has the focus; to a screen reader it is the name of the link.
export default {
  template: `
    <ul class="mc-months-links" :style="{ gridTemplateColumns: 'repeat(' + months.length + ',minmax(0,1fr))' }">
      <li v-for="(month, i) in months" :key="month.id" :class="{ 'mc-late': i * 2 >= months.length }">
        <a :href="prefix + month.href" :tabindex="months.length > 24 ? -1 : undefined">
          <span class="mc-months-tip">{{ month.label }} <b class="mc-num">{{ month.text }}</b></span>
        </a>
      </li>
    </ul>`,
  props: { months: Array },
  data() {
    return { prefix: "" };
  },
  mounted() {
    setTimeout(() => (this.prefix = window.path_prefix ?? "")); // it is known once the app is mounted
    this.showLatest();
  },
  watch: {
    months(now, before) {
      if (now.length !== before.length) this.$nextTick(this.showLatest);
    },
  },
  methods: {
    showLatest() {
      // many months do not fit on a phone: the latest are in view, and the others are reached by moving the chart
      const frame = this.$el.closest(".mc-months");
      if (frame && frame.scrollWidth > frame.clientWidth)
        frame.scrollLeft = (getComputedStyle(frame).direction === "rtl" ? -1 : 1) * frame.scrollWidth;
    },
  },
};
