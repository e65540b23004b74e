// Rows that lead somewhere, from plain data: cards, or lines of one card under a heading for each day. Rows keep their
// place in the document by id, so an update moves nothing else and keeps the focus.
export default {
  template: `
    <div>
      <component v-for="section in sections" :key="section.label" :is="section.label ? 'section' : 'div'" :aria-label="section.label || undefined">
        <h2 v-if="section.label" class="mc-day">{{ section.label }}</h2>
        <ul :class="look === 'cards' ? 'mc-cards' : 'mc-exps'">
          <li v-for="row in section.rows" :key="row.id">
            <a :href="prefix + row.href" :class="['mc-go', { 'mc-card': look === 'cards' }]">
              <span :class="['mc-tile', look === 'cards' && 'mc-tile--group', 'mc-tile--' + row.tint]"><svg class="mc-i" aria-hidden="true"><use :href="sprite + '#' + row.icon" /></svg></span>
              <span class="mc-grow">
                <span class="mc-go-title mc-given">{{ row.title }}</span>
                <span class="mc-caption mc-go-caption">{{ row.caption }}</span>
              </span>
              <span v-if="row.sums.length" class="mc-exp-sums">
                <span v-for="sum in row.sums" :key="sum.text" class="mc-go-sum">
                  <span v-if="sum.label" class="mc-caption">{{ sum.label }}</span>
                  <span :class="['mc-num', 'mc-strong', sum.tint && 'mc-' + sum.tint]">{{ sum.text }}</span>
                </span>
              </span>
              <span v-if="row.mark" class="mc-go-mark"><svg class="mc-i" role="img" :aria-label="row.mark"><use :href="sprite + '#check_circle'" /></svg></span>
            </a>
          </li>
        </ul>
      </component>
    </div>`,
  props: { sections: Array, look: String, sprite: String },
  data() {
    return { prefix: "" };
  },
  mounted() {
    setTimeout(() => (this.prefix = window.path_prefix ?? "")); // it is known once the app is mounted
  },
};
