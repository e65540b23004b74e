// Rows of people, invites, events, and what one can do. Each may open something, and may end in one word to press.
export default {
  template: `
    <ul class="mc-entries" :aria-label="label">
      <li v-for="row in rows" :key="row.id">
        <component :is="row.opens ? 'button' : 'div'" :class="['mc-entry', { 'mc-entry--faded': row.faded }]"
          v-bind="row.opens ? { type: 'button' } : {}" v-on="row.opens ? { click: () => $emit('open', row.id) } : {}">
          <span v-if="row.initials" :class="['mc-avatar', 'mc-avatar--' + row.colour]" aria-hidden="true">{{ row.initials }}</span>
          <span v-else :class="['mc-tile', 'mc-tile--small', { 'mc-tile--brand': row.bright }]"><svg class="mc-i" aria-hidden="true"><use :href="sprite + '#' + row.icon" /></svg></span>
          <span>
            <span class="mc-entry-title mc-given">{{ row.title }}</span>
            <span v-if="row.caption" class="mc-entry-caption">{{ row.caption }}</span>
          </span>
          <svg v-if="row.opens && !row.act" class="mc-i mc-entry-more" aria-hidden="true"><use :href="sprite + '#chevron_right'" /></svg>
        </component>
        <button v-if="row.act" type="button" :class="['mc-entry-act', { 'mc-owe': row.act_ends }]" :aria-label="row.act + ': ' + row.title" @click="$emit('act', row.id)">{{ row.act }}</button>
      </li>
    </ul>`,
  props: { rows: Array, label: String, sprite: String },
};
