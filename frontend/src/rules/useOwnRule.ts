/** A rule of the house while it is written: tried, let in or taken out; what is refused stays as it was typed. */
import { useMutation } from "@tanstack/vue-query";
import { computed, ref } from "vue";
import { Problem, sentenceOf } from "@/api/problems";
import { dropRule, type RulePlace, tryRule, type UnreadRule, writeRule } from "@/api/rules";
import { EXAMPLE } from "./example";

/** What is changed: a rule of ours, read or not. */
export type OwnSource = Pick<UnreadRule, "own" | "source" | "team">;

interface Attempt { source: string; draft: string }

const sentence = (cause: Error): string => (cause instanceof Problem ? (cause.field("source") ?? cause.message) : sentenceOf(cause));

export function useOwnRule(rule: OwnSource | null, place: RulePlace, done: (said: string) => void) {
  const source = ref(rule?.source ?? EXAMPLE);
  const draft = ref("");

  const trying = useMutation({
    mutationFn: async ({ source, draft }: Attempt) =>
      (await tryRule(place.locale, source, draft)).findings.map(({ start, end, message }) => ({ words: draft.slice(start ?? 0, end ?? 0), message })),
  });
  const saving = useMutation({
    mutationFn: ({ source }: Attempt) => writeRule(place, source, rule?.own ?? null),
    onSuccess: ({ id }) => done(`${id} speaks from the next check on.`),
  });
  const dropping = useMutation({ mutationFn: (own: number) => dropRule(own), onSuccess: () => done("The rule is taken out.") });

  const asked = computed(() => (saving.error.value ? saving : trying).variables.value?.source);
  const cause = computed(() => saving.error.value ?? trying.error.value ?? dropping.error.value);
  const wrong = computed(() => (cause.value ? sentence(cause.value) : ""));
  const line = computed(() => (source.value === asked.value ? Number(/line (\d+)/.exec(wrong.value)?.[1]) || null : null));
  const tried = computed(() => trying.variables.value?.draft.trim() ?? "");

  function begin(): Attempt {
    for (const earlier of [saving, trying, dropping]) earlier.reset();
    return { source: source.value, draft: draft.value };
  }

  return {
    source, draft, wrong, line, tried, found: trying.data,
    busy: computed(() => saving.isPending.value || trying.isPending.value || dropping.isPending.value),
    attempt: () => trying.mutate(begin()),
    save: () => saving.mutate(begin()),
    drop: () => { begin(); if (rule) dropping.mutate(rule.own); },
  };
}
