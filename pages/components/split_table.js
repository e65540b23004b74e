// Who takes part, and with how much. What is ticked and typed lives here and is told to the server; what the server says
// about a part is shown at once; what it says about a text is taken only where it means to write.
export default {
  template: `
    <ul class="mc-split" :aria-label="label">
      <li v-for="row in rows" :key="row.id" :class="{ 'mc-split-off': checks && !checked[row.id] }">
        <label :class="{ 'mc-plain': !checks }" :for="checks ? base + row.id : inputs ? base + 't' + row.id : undefined">
          <input v-if="checks" type="checkbox" class="mc-check" :id="base + row.id" :aria-label="row.name" :checked="checked[row.id]" :disabled="readonly" @change="toggle(row, $event)" />
          <span :class="['mc-avatar', 'mc-avatar--small', 'mc-avatar--' + row.colour]" aria-hidden="true">{{ row.initials }}</span>
          <span class="mc-split-name mc-given">{{ row.name }}</span>
        </label>
        <span v-if="row.part" class="mc-split-part mc-num">{{ row.part }}</span>
        <template v-if="inputs && (!checks || checked[row.id])">
          <input type="text" class="mc-typed" dir="ltr" :id="base + 't' + row.id" :value="typed[row.id]" :inputmode="inputmode" :placeholder="placeholder"
            :readonly="readonly" :aria-label="fieldLabel ? row.name + ', ' + fieldLabel : row.name" :aria-invalid="row.wrong ? 'true' : null"
            :aria-describedby="row.wrong ? said : null" autocomplete="off" enterkeyhint="next" @input="type(row, $event)" @keydown.enter="onward" @focus="$event.target.select()" />
          <span v-if="unit" class="mc-unit" aria-hidden="true">{{ unit }}</span>
        </template>
      </li>
    </ul>`,
  props: {
    rows: Array,
    checks: Boolean,
    inputs: Boolean,
    inputmode: { type: String, default: "decimal" },
    placeholder: String,
    unit: String,
    label: String,
    fieldLabel: String,
    said: String, // the element that says what is wrong
    readonly: Boolean,
  },
  data() {
    return { checked: {}, typed: {} };
  },
  computed: {
    base() {
      return this.$attrs.id + "-";
    },
  },
  watch: {
    rows() {
      this.hear();
    },
  },
  created() {
    this.turns = {};
    this.hear();
  },
  methods: {
    hear() {
      // A row's turn goes up when the server itself writes in it; otherwise its text here may be newer than there.
      for (const row of this.rows) {
        if (this.turns[row.id] === row.turn) continue;
        this.turns[row.id] = row.turn;
        this.checked[row.id] = row.checked;
        this.typed[row.id] = row.typed;
      }
    },
    toggle(row, event) {
      this.checked[row.id] = event.target.checked;
      this.$emit("toggle", { id: row.id, checked: event.target.checked });
    },
    type(row, event) {
      this.typed[row.id] = event.target.value;
      this.$emit("typed", { id: row.id, text: event.target.value });
    },
    focusWrong(orFirst) {
      const first = () => orFirst && this.$el.querySelector("input.mc-typed");
      this.$nextTick(() => (this.$el.querySelector("[aria-invalid=true]") ?? first())?.focus());
    },
    onward(event) {
      const all = [...this.$el.querySelectorAll("input.mc-typed")];
      const next = all[all.indexOf(event.target) + 1];
      if (!next) return; // in the last one, Enter is the form's
      event.preventDefault();
      event.stopPropagation();
      next.focus();
    },
  },
};
