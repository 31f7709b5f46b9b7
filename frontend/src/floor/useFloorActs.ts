/** Doing something to a ticket from the floor: what came of it is said in its row, the server's sentence when refused. */
import { useQueryClient } from "@tanstack/vue-query";
import { onScopeDispose, ref } from "vue";
import { keys } from "@/api/keys";
import { sentenceOf } from "@/api/problems";
import type { Ticket } from "@/api/types";

export interface Said { readonly text: string; readonly failed: boolean }

const SHOWN_FOR = 8_000; // ms; a refusal stays until the next act

export function useFloorActs(number: number) {
  const client = useQueryClient();
  const said = ref<Said | null>(null);
  const busy = ref(false);
  let fading: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(fading));

  /** Empty when it was done, else the sentence that says why not. */
  async function act(doing: () => Promise<Ticket>, done: string): Promise<string> {
    if (busy.value) return "";
    busy.value = true;
    clearTimeout(fading);
    try {
      client.setQueryData(keys.ticket(number), await doing());
      said.value = { text: done, failed: false };
      fading = setTimeout(() => (said.value = null), SHOWN_FOR);
      return "";
    } catch (cause) {
      said.value = { text: sentenceOf(cause), failed: true };
      return said.value.text;
    } finally {
      busy.value = false;
      void client.invalidateQueries({ queryKey: keys.floor });
    }
  }

  return { act, said, busy };
}
