// Who gets and who owes, as bars from the middle. The words and sums carry the meaning, the bars only show it.
export default {
  template: `
    <ul class="mc-bars" :aria-label="label">
      <li v-for="row in rows" :key="row.id">
        <component :is="tappable ? 'button' : 'div'" class="mc-bar-row" v-bind="tappable ? { type: 'button' } : {}" v-on="tappable ? { click: () => $emit('open', row.id) } : {}">
          <span class="mc-bar-name mc-given">{{ row.name }}</span>
          <span class="mc-bar" aria-hidden="true"><i v-if="row.kind !== 'none'" :class="'mc-' + row.kind" :style="{ width: row.share + '%' }"></i></span>
          <span :class="['mc-bar-sum', 'mc-num', row.kind === 'none' ? 'mc-muted' : 'mc-' + row.kind]">{{ row.text }}</span>
        </component>
      </li>
    </ul>`,
  props: { rows: Array, label: String, tappable: Boolean },
};
