/** Doing something to a ticket: the answer replaces what is cached, a refusal is said in words. */
import { useQueryClient } from "@tanstack/vue-query";
import { ref } from "vue";
import { keys } from "@/api/keys";
import { sentenceOf } from "@/api/problems";
import type { Ticket } from "@/api/types";
import { useToasts } from "@/ui/toasts";

export function useActs(number: number) {
  const client = useQueryClient();
  const toasts = useToasts();
  const busy = ref(false);

  /** True when it was done. `said` is shown then. */
  async function act(doing: Promise<Ticket>, said?: string): Promise<boolean> {
    busy.value = true;
    try {
      client.setQueryData(keys.ticket(number), await doing);
      void client.invalidateQueries({ queryKey: keys.timeline(number) });
      if (said) toasts.say(said);
      return true;
    } catch (cause) {
      toasts.fail(sentenceOf(cause));
      void client.invalidateQueries({ queryKey: keys.ticket(number) });
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { act, busy };
}
