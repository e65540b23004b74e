// Who is to pay whom how much, in short.
export default {
  template: `
    <ul class="mc-transfers">
      <li v-for="row in rows" :key="row.id" class="mc-row mc-row--tight">
        <span :class="'mc-avatar mc-avatar--small mc-avatar--' + row.payer.colour" :title="row.payer.name" aria-hidden="true">{{ row.payer.initials }}</span>
        <svg class="mc-i mc-i--small mc-muted" aria-hidden="true"><use :href="sprite + '#arrow_forward'" /></svg>
        <span :class="'mc-avatar mc-avatar--small mc-avatar--' + row.payee.colour" :title="row.payee.name" aria-hidden="true">{{ row.payee.initials }}</span>
        <span class="mc-grow">{{ row.text }}</span>
        <span class="mc-num mc-strong">{{ row.amount }}</span>
      </li>
    </ul>`,
  props: { rows: Array, sprite: String },
};
