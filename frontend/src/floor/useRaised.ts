/** New escalations, to be spoken politely: nothing at first, then each once. */
import { ref, watch, type Ref } from "vue";
import type { Floor } from "@/api/floor";
import { newlyRaised } from "./happenings";

export function useRaised(floor: Ref<Floor | undefined>, scope: Ref<unknown>) {
  const words = ref("");
  let asked: unknown;
  watch(floor, (now, before) => {
    const same = asked === scope.value;
    asked = scope.value;
    if (!now || !before || !same) return;
    const raised = newlyRaised(before.stream, now.stream);
    if (raised.length > 0) words.value = raised.join(" ");
  });
  return words;
}
