// What was spent on each of several things, as bars that lead to the expenses behind them. The sums carry the meaning.
export default {
  template: `
    <div>
      <ul class="mc-spend" :aria-label="label">
        <li v-for="row in shown" :key="row.id">
          <a :href="prefix + row.href" class="mc-spend-row">
            <span v-if="row.icon" class="mc-tile mc-tile--small"><svg class="mc-i" aria-hidden="true"><use :href="sprite + '#' + row.icon" /></svg></span>
            <span v-else :class="['mc-avatar', 'mc-avatar--' + row.colour]" aria-hidden="true">{{ row.initials }}</span>
            <span class="mc-spend-main">
              <span class="mc-spend-line">
                <span class="mc-spend-title mc-given">{{ row.title }}</span>
                <span class="mc-num mc-strong">{{ row.text }}</span>
              </span>
              <span class="mc-meter" aria-hidden="true"><i :style="{ width: row.share + '%' }"></i></span>
              <span v-if="row.caption" class="mc-caption mc-num">{{ row.caption }}</span>
            </span>
          </a>
        </li>
      </ul>
      <button v-if="rows.length > most" type="button" class="mc-spend-more" :aria-expanded="whole" @click="whole = !whole">{{ whole ? less : more }}</button>
    </div>`,
  props: { rows: Array, label: String, more: String, less: String, most: Number, sprite: String },
  data() {
    return { whole: false, prefix: "" };
  },
  computed: {
    shown() {
      return this.whole ? this.rows : this.rows.slice(0, this.most);
    },
  },
  mounted() {
    setTimeout(() => (this.prefix = window.path_prefix ?? "")); // it is known once the app is mounted
  },
};
