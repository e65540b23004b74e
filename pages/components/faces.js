// Several people as overlapping initials; the list of names is what is read to those who listen.
export default {
  template: `
    <div class="mc-avatars" role="img" :aria-label="label">
      <span v-for="face in faces" :key="face.id" :class="'mc-avatar mc-avatar--' + face.colour" :title="face.name" aria-hidden="true">{{ face.initials }}</span>
      <span v-if="more" class="mc-avatar mc-avatar--more" aria-hidden="true">{{ more }}</span>
    </div>`,
  props: { faces: Array, more: String, label: String },
};
