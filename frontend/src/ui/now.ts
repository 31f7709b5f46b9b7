/** One clock for the whole page: ticks once a second while somebody looks at it. */
import { readonly, shallowRef } from "vue";

const now = shallowRef(Date.now());

function tick(): void {
  if (document.visibilityState === "visible") now.value = Date.now();
}

setInterval(tick, 1000);
document.addEventListener("visibilitychange", tick);

/** Milliseconds since the epoch, moving. */
export function useNow() {
  return readonly(now);
}
