/** The version that the writer has seen: what is said while they write holds the send until they have read it. */
import { computed, ref, watch, type Ref } from "vue";
import type { Entry, Ticket } from "@/api/types";
import { useSession } from "@/session/session";

export function useSeen(props: { ticket: Ticket; entries: readonly Entry[] }, text: Ref<string>) {
  const { me } = useSession();
  const seen = ref(props.ticket.version);
  const writing = computed(() => text.value.trim() !== "");

  const isMine = ({ by }: Entry): boolean => by.kind === "agent" && by.id === me.value?.id;
  const meanwhile = computed(() =>
    writing.value ? props.entries.find((entry) => entry.kind === "message" && entry.version > seen.value && !isMine(entry)) : undefined,
  );

  /** What is on the screen now has been read; `version` too, where a refusal showed what it holds. */
  function accept(version = 0): void {
    seen.value = Math.max(version, ...props.entries.map((entry) => entry.version), seen.value);
  }

  watch([() => props.entries, writing], () => {
    if (!writing.value) accept(props.ticket.version);
  });

  return { seen, meanwhile, accept };
}
