/** Replies that were sent and can still be undone. */
import { useQueryClient } from "@tanstack/vue-query";
import { defineStore } from "pinia";
import { ref } from "vue";
import { keys } from "@/api/keys";
import { sentenceOf } from "@/api/problems";
import { releaseReply, undoReply } from "@/api/replies";
import type { Pending, Ticket } from "@/api/types";
import { useToasts } from "@/ui/toasts";

export interface Leaving {
  readonly number: number;
  readonly id: number;
  readonly to: string;
  readonly from: number;
  readonly until: number;
}

export const useLeaving = defineStore("leaving", () => {
  const client = useQueryClient();
  const toasts = useToasts();
  const replies = ref<Leaving[]>([]);

  function add(ticket: Pick<Ticket, "number" | "customer">, pending: Pending): void {
    if (pending.release_at === null) return;
    const until = Date.parse(pending.release_at);
    const leaving = { number: ticket.number, id: pending.id, to: ticket.customer.name, from: Date.now(), until };
    replies.value = [...replies.value, leaving];
    setTimeout(() => gone(leaving.id), Math.max(0, until - Date.now()) + 400);
  }

  function gone(id: number): void {
    replies.value = replies.value.filter((reply) => reply.id !== id);
  }

  const again = (number: number) =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.ticket(number) }),
      client.invalidateQueries({ queryKey: keys.timeline(number) }),
    ]);

  async function undo(number: number, id: number): Promise<boolean> {
    try {
      const draft = await undoReply(number, id);
      gone(id);
      client.setQueryData<Ticket>(keys.ticket(number), (ticket) => ticket && { ...ticket, pending: null, draft });
      await again(number);
      toasts.say("It has not left. It is your draft again.");
      return true;
    } catch (cause) {
      toasts.fail(sentenceOf(cause));
      return false;
    }
  }

  async function release(number: number, id: number): Promise<void> {
    try {
      await releaseReply(number, id);
      gone(id);
    } catch (cause) {
      toasts.fail(sentenceOf(cause));
    }
    await again(number);
  }

  return { replies, add, undo, release };
});
