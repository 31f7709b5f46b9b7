/** Colleagues for the @word that is being typed in a note. */
import { useQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import { fetchAgents } from "@/api/desk";
import { keys } from "@/api/keys";
import type { Colleague } from "@/api/types";
import { mentionsIn, typedMention } from "@/ticket/mentions";

const OFFERED = 5;

export function useMentions(text: Ref<string>, caret: Ref<number>) {
  const { data: agents } = useQuery({ queryKey: keys.agents, queryFn: fetchAgents });
  const word = computed(() => typedMention(text.value, caret.value));
  const offered = computed<Colleague[]>(() => {
    const begun = word.value?.toLowerCase();
    if (begun === undefined) return [];
    const fitting = (agents.value ?? []).filter(({ name }) => name.toLowerCase().startsWith(begun) && name.toLowerCase() !== begun);
    return fitting.slice(0, OFFERED);
  });

  /** Puts the whole name in; answers where the caret belongs then. */
  function choose(person: Colleague): number {
    const from = caret.value - (word.value?.length ?? 0);
    const after = text.value.slice(caret.value);
    text.value = `${text.value.slice(0, from)}${person.name}${after.startsWith(" ") ? "" : " "}${after}`;
    return from + person.name.length + 1;
  }

  return { offered, choose, mentioned: () => mentionsIn(text.value, agents.value ?? []) };
}
