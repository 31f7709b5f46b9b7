/** Whether the left pane is drawn over the rest, on screens too narrow to keep it. */
import type { InjectionKey, Ref } from "vue";

export const paneKey: InjectionKey<Ref<boolean>> = Symbol("pane");
