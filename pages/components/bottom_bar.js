// The bar at the bottom of a phone: the areas of the program, with the one that is open marked.
export default {
  template: `
    <nav class="mc-bottom" :aria-label="label">
      <a v-for="area in areas" :key="area.href" :href="area.href" :aria-current="area.here ? 'page' : undefined">
        <svg class="mc-i" aria-hidden="true"><use :href="sprite + '#' + area.icon" /></svg>
        <span>{{ area.name }}</span>
      </a>
    </nav>`,
  props: { areas: Array, label: String, sprite: String },
};
