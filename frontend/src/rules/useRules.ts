/** The rules of one language and how loudly each speaks to a team or to all, with the change of a level. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import { keys } from "@/api/keys";
import { sentenceOf } from "@/api/problems";
import { fetchRules, type Loudness, type Rule, type RulePlace, setLevel } from "@/api/rules";
import { useToasts } from "@/ui/toasts";

interface Setting { place: RulePlace; rule: string; level: Loudness | "" }

const textOf = ({ id, message, suggestion, triggers }: Rule): string => [id, message, suggestion, ...triggers].join("\n").toLowerCase();

export function useRules(place: Ref<RulePlace>, wanted: Ref<string>) {
  const client = useQueryClient();
  const toasts = useToasts();
  const query = useQuery({
    queryKey: computed(() => keys.rules(place.value)),
    queryFn: ({ signal }) => fetchRules(place.value, signal),
    placeholderData: keepPreviousData,
  });
  const rules = computed(() => (query.data.value?.results ?? []).filter((rule) => textOf(rule).includes(wanted.value.trim().toLowerCase())));
  const bad = computed(() => rules.value.filter(({ bad }) => bad));
  const others = computed(() => {
    const groups = new Map<string, Rule[]>();
    for (const rule of rules.value.filter(({ bad }) => !bad)) groups.set(rule.principle, [...(groups.get(rule.principle) ?? []), rule]);
    return [...groups];
  });

  const setting = useMutation({
    mutationFn: ({ place, rule, level }: Setting) => setLevel(place, rule, level),
    onSuccess: async (now, { place }) => {
      await client.invalidateQueries({ queryKey: keys.allRules, refetchType: "none" }); // a team may speak as everybody does
      client.setQueryData(keys.rules(place), now);
    },
    onError: (cause) => toasts.fail(`The rule speaks as before. ${sentenceOf(cause)}`),
  });
  const set = (rule: string, level: Loudness | ""): Promise<unknown> => setting.mutateAsync({ place: { ...place.value }, rule, level });

  return { query, rules, bad, others, set };
}
