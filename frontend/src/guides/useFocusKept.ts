/** A button that works, or has nothing left to do, is disabled and drops the keyboard, which would begin at the top of the page. */
import { type Ref, watch } from "vue";

type Told = Readonly<Ref<boolean>>;

const isDropped = (field: Element | null): boolean => field === null || field === document.body || field.matches(":disabled");

/** Once the work is done, the keyboard stands where it pressed, or at `otherwise` where nothing is left to press. */
export function useFocusKept(busy: Told, otherwise: Readonly<Ref<HTMLElement | null>>, dirty: Told = busy): void {
  let held: Element | null = null;
  watch([busy, dirty], () => {
    if (!isDropped(document.activeElement)) held = document.activeElement;
  });
  watch([busy, dirty], () => {
    if (busy.value || !isDropped(document.activeElement)) return;
    const again = held instanceof HTMLElement && held.isConnected && !isDropped(held) ? held : otherwise.value;
    again?.focus({ preventScroll: true });
  }, { flush: "post" });
}
