/** Sending what is typed: once it is kept nowhere else, and with the version that its writer has seen. */
import type { Ref } from "vue";
import type { Then } from "@/api/replies";
import type { Ticket } from "@/api/types";
import { useToasts } from "@/ui/toasts";
import { reasons, type useDraft } from "./useDraft";
import type { useSeen } from "./useSeen";
import type { useSending } from "./useSending";

interface Parts {
  draft: ReturnType<typeof useDraft>;
  sending: ReturnType<typeof useSending>;
  seen: ReturnType<typeof useSeen>;
  mentioned: () => number[];
  sent: () => void;
  /** It was refused for words that should be mended first. */
  unmended: (then: Then | null) => void;
}

export function useSend(props: { ticket: Ticket }, empty: Ref<boolean>, { draft, sending, seen, mentioned, sent, unmended }: Parts) {
  const { typed, text } = draft;
  const toasts = useToasts();
  let last: [Then | null, string?] = [null];

  async function send(then: Then | null, wakeAt?: string): Promise<void> {
    if (empty.value || sending.busy.value) return;
    last = [then, wakeAt];
    await draft.settle();
    const [kind, files] = [typed.kind, ids()]; // while it is sent, the other may be begun
    const isNote = kind === "note";
    if (!(await (isNote ? note() : reply(then, wakeAt)))) {
      draft.keep();
      if (sending.unmended.value) unmended(then);
      return;
    }
    if (isNote) toasts.say("The note is on the ticket.");
    draft.clear(kind, files);
    if (typed.kind === kind) sent();
  }

  const ids = (): number[] => typed.files.map(({ id }) => id);
  const note = () => sending.note({ text: text.value, mentions: mentioned(), files: ids() });
  const reply = (then: Then | null, wakeAt?: string) =>
    sending.reply(props.ticket, {
      text: text.value, files: ids(), to: typed.to, cc: typed.cc, template: typed.template, variant: typed.variant,
      promises: typed.promises, overrides: reasons(typed), seen_version: seen.seen.value, then, ...(wakeAt ? { wake_at: wakeAt } : {}),
    });

  async function sendAnyway(): Promise<void> {
    seen.accept(sending.stale.value?.version);
    await send(...last);
  }

  function sendUsual(): void {
    const waits = typed.kind === "reply" && props.ticket.allowed_moves.includes("waiting_on_customer");
    void send(waits ? "waiting_on_customer" : null);
  }

  return { send, sendAnyway, sendUsual };
}
