/** A wish to write, from a key or a button elsewhere, that the open composer answers. */
import { defineStore } from "pinia";
import { ref } from "vue";

export type Wish = "reply" | "note" | "template";

export const useCompose = defineStore("compose", () => {
  const wish = ref<{ what: Wish; at: number } | null>(null);
  const ask = (what: Wish): void => {
    wish.value = { what, at: Date.now() };
  };
  return { wish, ask };
});
