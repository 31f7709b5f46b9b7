/** The version that the writer has seen: what is said while they write holds the send until they have read it. */
import { computed, ref, watch, type Ref } from "vue";
import type { Entry, Ticket } from "@/api/types";
import { useSession } from "@/session/session";

export function useSeen(props: { ticket: Ticket; entries: readonly Entry[] }, text: Ref<string>) {
  const { me } = useSession();
  const seen = ref(props.ticket.version);
  const begun = computed(() => text.value.trim() !== "");

  watch(
    () => [props.ticket.version, begun.value] as const,
    ([version, writing]) => {
      if (!writing || !spoken(version)) seen.value = version;
    },
  );

  const spoken = (version: number): Entry | undefined =>
    props.entries.find(
      (entry) => entry.kind === "message" && entry.version > seen.value && entry.version <= version && !(entry.by.kind === "agent" && entry.by.id === me.value?.id),
    );
  const meanwhile = computed(() => (begun.value ? spoken(Infinity) : undefined));

  function accept(version?: number): void {
    seen.value = Math.max(version ?? 0, props.ticket.version, ...props.entries.map((entry) => entry.version));
  }

  return { seen, meanwhile, accept };
}
