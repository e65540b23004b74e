// Sums of months as columns, and a link over each: for the mouse, the finger and the keyboard. What a link says is
// shown while it is pointed at or has the focus; to a screen reader it is the link's name.
// Columns alone need no library: the one that drew them before was larger than everything else on the page.
const FEW = 8; // columns that have room for their sums above them
const NARROWEST = 26; // pixels of a column: enough for a finger, and for a year on a phone
const GAP = 4; // pixels between two words
const LOWEST = 2; // percent: a little is a column too

export default {
  template: `
    <div class="mc-months" @scroll.passive="tellBeyond">
      <div class="mc-months-in" :style="{ minWidth: months.length * ${NARROWEST} + 'px' }">
        <div class="mc-months-chart" role="img" :aria-label="essence">
          <div v-for="(month, i) in months" :key="month.id" class="mc-month" aria-hidden="true">
            <div class="mc-month-plot">
              <i v-if="month.value" :class="{ 'mc-latest': i === months.length - 1 }" :style="columns[i]"></i>
              <span v-if="months.length <= ${FEW}" ref="sums" class="mc-num" :style="{ bottom: tops[i] }">{{ month.above }}</span>
            </div>
            <span ref="names" class="mc-month-name">{{ month.below }}</span>
          </div>
        </div>
        <ul class="mc-months-links" :style="{ gridTemplateColumns: 'repeat(' + months.length + ',minmax(0,1fr))' }">
          <li v-for="(month, i) in months" :key="month.id" :class="{ 'mc-late': i * 2 >= months.length }">
            <a :href="prefix + month.href" :tabindex="months.length > 24 ? -1 : undefined">
              <span class="mc-months-tip">{{ month.label }} <b class="mc-num">{{ month.text }}</b></span>
            </a>
          </li>
        </ul>
      </div>
    </div>`,
  props: { months: Array, essence: String },
  data() {
    return { prefix: "" };
  },
  computed: {
    range() {
      const values = this.months.map(({ value }) => value);
      return { least: Math.min(0, ...values), most: Math.max(0, ...values) };
    },
    columns() {
      return this.months.map(({ value }) => {
        const height = Math.max(LOWEST, this.share(Math.abs(value)));
        return { height: height + "%", bottom: this.ground() - (value < 0 ? height : 0) + "%" };
      });
    },
    tops() {
      return this.months.map(({ value }) => this.ground() + Math.max(0, this.share(value)) + "%");
    },
  },
  mounted() {
    setTimeout(() => (this.prefix = window.path_prefix ?? "")); // it is known once the app is mounted
    this.showLatest();
    this.watching = new ResizeObserver(() => {
      this.thinOut();
      this.tellBeyond();
    });
    this.watching.observe(this.$el);
  },
  beforeUnmount() {
    this.watching.disconnect();
  },
  watch: {
    months(now, before) {
      this.$nextTick(this.thinOut);
      if (now.length !== before.length) this.$nextTick(this.showLatest);
    },
  },
  methods: {
    share(value) {
      return (value / (this.range.most - this.range.least || 1)) * 100;
    },
    ground() {
      return this.share(-this.range.least);
    },
    showLatest() {
      // many months do not fit on a phone: the latest are in view, and the others are reached by moving the chart
      const frame = this.$el;
      if (frame.scrollWidth > frame.clientWidth)
        frame.scrollLeft = (getComputedStyle(frame).direction === "rtl" ? -1 : 1) * frame.scrollWidth;
      this.tellBeyond();
    },
    tellBeyond() {
      // where there is more, the chart fades out
      const { scrollLeft, scrollWidth, clientWidth, dataset } = this.$el;
      const before = Math.abs(scrollLeft); // pixels that are out of sight; below 0 where months run from the right
      dataset.beyond = [before > 1 && "earlier", scrollWidth - clientWidth - before > 1 && "later"].filter(Boolean).join(" ");
    },
    thinOut() {
      // what would lie on one another: the later one stays
      for (const words of [this.$refs.sums, this.$refs.names]) {
        const kept = [];
        for (const word of [...(words ?? [])].reverse()) {
          const at = word.getBoundingClientRect();
          const isFree = kept.every((one) => at.right + GAP <= one.left || one.right + GAP <= at.left || at.bottom <= one.top || one.bottom <= at.top);
          word.style.visibility = isFree ? "" : "hidden";
          if (isFree && at.width) kept.push(at);
        }
      }
    },
  },
};
