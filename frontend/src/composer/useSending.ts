/** Sending: once however often it is tried, held when somebody spoke meanwhile, and never losing the text. */
import { useQueryClient } from "@tanstack/vue-query";
import { ref, shallowRef } from "vue";
import { Problem, sentenceOf } from "@/api/problems";
import { keys } from "@/api/keys";
import { addNote, type NoteBody, type ReplyBody, sendReply, type Stale } from "@/api/replies";
import type { Ticket } from "@/api/types";
import { useLeaving } from "./leaving";

const UNMENDED = 422;

/** A key for one content: the same content tried again is the same send, until it is done. */
function keyring() {
  let last = "";
  let key = "";
  const done = (): void => void (last = "");
  const keyFor = (content: unknown): string => {
    const now = JSON.stringify(content);
    if (now !== last) key = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16).padStart(8, "0")).join("");
    last = now;
    return key;
  };
  return { keyFor, done };
}

export function useSending(number: number) {
  const client = useQueryClient();
  const leaving = useLeaving();
  const busy = ref(false);
  const refused = ref("");
  /** It was refused for words that should be mended first. */
  const unmended = ref(false);
  const stale = shallowRef<Stale | null>(null);
  const { keyFor, done } = keyring();

  const again = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.ticket(number) }),
      client.invalidateQueries({ queryKey: keys.timeline(number) }),
    ]);

  async function trying(doing: () => Promise<void>): Promise<boolean> {
    busy.value = true;
    refused.value = "";
    unmended.value = false;
    try {
      await doing();
      done();
      stale.value = null;
      return true;
    } catch (cause) {
      explain(cause);
      return false;
    } finally {
      busy.value = false;
      void again();
    }
  }

  function explain(cause: unknown): void {
    if (cause instanceof Problem && cause.status === 409 && Array.isArray(cause.body.since)) {
      stale.value = { version: Number(cause.body.version), since: cause.body.since as Stale["since"] };
      return;
    }
    unmended.value = cause instanceof Problem && cause.status === UNMENDED;
    const isAway = cause instanceof Problem && cause.status === 0;
    refused.value = `Not sent. ${sentenceOf(cause)}${isAway ? "" : " Your text is still here."}`;
  }

  const reply = (ticket: Ticket, body: ReplyBody) =>
    trying(async () => {
      const pending = await sendReply(number, body, keyFor(body));
      leaving.add(ticket, pending);
      client.setQueryData<Ticket>(keys.ticket(number), (now) => now && { ...now, pending, draft: null });
    });
  const note = (body: NoteBody) => trying(async () => void (await addNote(number, body, keyFor(body))));

  return { busy, refused, unmended, stale, reply, note };
}
