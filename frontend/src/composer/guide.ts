/** Whether the guide is open beside the text; remembered in this browser, apart for wide and narrow screens. */
import { defineStore } from "pinia";
import { ref } from "vue";

const WIDE = "(min-width: 1121px)";

export const useGuide = defineStore("guide", () => {
  const wide = matchMedia(WIDE);
  const key = (): string => `kintsugi.guide.${wide.matches ? "wide" : "narrow"}`;
  const open = ref(remembered());

  function remembered(): boolean {
    try {
      const said = localStorage.getItem(key());
      return said === null ? wide.matches : said === "open";
    } catch {
      return wide.matches;
    }
  }

  function toggle(): void {
    open.value = !open.value;
    try {
      localStorage.setItem(key(), open.value ? "open" : "folded");
    } catch {
      // A browser that stores nothing still folds it.
    }
  }

  wide.addEventListener("change", () => (open.value = remembered()));
  return { open, toggle };
});
