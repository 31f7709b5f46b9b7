/** Tells colleagues that one writes, and some seconds after the last key that one only looks again. */
import { onScopeDispose, watch, type Ref } from "vue";
import type { useLive } from "@/live/live";

const STILL_WRITING = 8_000;

export function useWriting(number: number, text: Ref<string>, live: ReturnType<typeof useLive>): void {
  let resting: ReturnType<typeof setTimeout> | undefined;

  watch(text, () => {
    if (resting === undefined) live.announce(number, "writing");
    clearTimeout(resting);
    resting = setTimeout(() => {
      resting = undefined;
      live.announce(number, "viewing");
    }, STILL_WRITING);
  });
  onScopeDispose(() => clearTimeout(resting));
}
