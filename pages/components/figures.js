// The figures behind a picture, for those who read rather than look: a table that is folded away until it is wanted.
export default {
  template: `
    <details class="mc-figures">
      <summary>{{ label }}</summary>
      <table>
        <caption>{{ caption }}</caption>
        <thead><tr><th v-for="name in columns" :key="name" scope="col">{{ name }}</th></tr></thead>
        <tbody>
          <tr v-for="row in rows" :key="row.id">
            <th scope="row" class="mc-given"><a v-if="row.href" :href="prefix + row.href">{{ row.title }}</a><template v-else>{{ row.title }}</template></th>
            <td v-for="(cell, i) in row.cells" :key="i" class="mc-num">{{ cell }}</td>
          </tr>
        </tbody>
        <tfoot><tr><th scope="row">{{ total.title }}</th><td v-for="(cell, i) in total.cells" :key="i" class="mc-num">{{ cell }}</td></tr></tfoot>
      </table>
    </details>`,
  props: { label: String, caption: String, columns: Array, rows: Array, total: Object },
  data() {
    return { prefix: "" };
  },
  mounted() {
    setTimeout(() => (this.prefix = window.path_prefix ?? "")); // it is known once the app is mounted
  },
};
