/** One mailbox being made or changed: what is typed, whether it works, what was refused. */
import { useMutation, useQueryClient } from "@tanstack/vue-query";
import { computed, ref, watch } from "vue";
import { keys } from "@/api/keys";
import { type Mailbox, saveMailbox, tryAccount } from "@/api/mailboxes";
import { Problem, sentenceOf } from "@/api/problems";
import { asChange, editing } from "./editing";

export function useMailboxForm(mailbox: Mailbox | null, firstTeam: number, done: (saved: Mailbox) => void) {
  const client = useQueryClient();
  const typed = ref(editing(mailbox, firstTeam));

  const saving = useMutation({
    mutationFn: () => saveMailbox(mailbox?.id ?? null, asChange(typed.value)),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: keys.mailboxes });
      done(saved);
    },
  });
  const trying = useMutation({ mutationFn: () => tryAccount(mailbox?.id ?? null, typed.value.imap) });
  // A verdict is about what was typed when it was asked for.
  watch(() => typed.value.imap, () => trying.reset(), { deep: true });

  const error = computed(() => saving.error.value ?? trying.error.value);
  return {
    typed,
    save: () => saving.mutate(),
    tryOut: () => trying.mutate(),
    saving: saving.isPending,
    trying: trying.isPending,
    verdict: trying.data,
    wrong: computed(() => (error.value ? sentenceOf(error.value) : "")),
    refused: (field: string): string => (error.value instanceof Problem ? (error.value.field(field) ?? "") : ""),
  };
}
