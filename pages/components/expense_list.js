// Expenses by day, from plain data. Rows keep their place in the document by id, so an update moves nothing else.
export default {
  template: `
    <div>
      <section v-for="day in days" :key="day.label" :aria-label="day.label">
        <component :is="heading" class="mc-day">{{ day.label }}</component>
        <ul class="mc-exps">
          <li v-for="row in day.rows" :key="row.id">
            <button type="button" :class="['mc-exp', { 'mc-fresh': lit[row.id] }]" @click="$emit('open', row.id)">
              <span :class="['mc-tile', { 'mc-tile--brand': row.is_payment }]"><svg class="mc-i" aria-hidden="true"><use :href="sprite + '#' + row.icon" /></svg></span>
              <span>
                <span class="mc-exp-title mc-given">{{ row.title }}</span>
                <span class="mc-exp-caption">{{ row.caption }}</span>
              </span>
              <span class="mc-exp-sums">
                <span class="mc-exp-amount mc-num">{{ row.amount }}</span>
                <span v-if="row.effect" :class="['mc-exp-effect', 'mc-num', tint(row), { 'mc-desktop-only': row.effect_short }]">{{ row.effect }}</span>
                <span v-if="row.effect_short" :class="['mc-exp-effect', 'mc-num', 'mc-phone-only', tint(row)]">{{ row.effect_short }}</span>
              </span>
            </button>
          </li>
        </ul>
      </section>
      <div v-if="more" ref="end" class="mc-wait"></div>
    </div>`,
  props: { days: Array, more: Boolean, heading: { type: String, default: "h2" }, sprite: String },
  data() {
    return { lit: {} };
  },
  watch: {
    days() {
      this.light();
      this.watchEnd();
    },
    more() {
      this.watchEnd();
    },
  },
  mounted() {
    this.told = new Set();
    this.light();
    this.watchEnd();
  },
  beforeUnmount() {
    this.eye?.disconnect();
  },
  methods: {
    tint(row) {
      return row.effect_kind === "owed" ? "mc-owed" : row.effect_kind === "owe" ? "mc-owe" : "";
    },
    light() {
      for (const day of this.days)
        for (const row of day.rows)
          if (!row.fresh) this.told.delete(row.id);
          else if (!this.told.has(row.id)) {
            this.told.add(row.id);
            this.lit[row.id] = true;
            setTimeout(() => delete this.lit[row.id], 6000);
          }
    },
    watchEnd() {
      // looked at anew after every change: an end that is still in view asks again
      this.eye?.disconnect();
      this.$nextTick(() => {
        if (!this.$refs.end) return;
        this.eye = new IntersectionObserver(
          (seen) => {
            if (!seen.some((entry) => entry.isIntersecting)) return;
            this.eye.disconnect();
            this.$emit("more");
          },
          { rootMargin: "400px" },
        );
        this.eye.observe(this.$refs.end);
      });
    },
  },
};
