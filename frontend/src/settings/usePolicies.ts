/** The policies as they are and as they are being changed; what is typed stays until it is saved or put back. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, reactive, ref } from "vue";
import { keys } from "@/api/keys";
import { changePolicies, fetchPolicies, type Policies, type Policy, type Targets } from "@/api/policies";
import { Problem, sentenceOf } from "@/api/problems";
import { changed, type Editing, editing, refusal } from "./changes";

export function usePolicies() {
  const client = useQueryClient();
  const query = useQuery({ queryKey: keys.policies, queryFn: ({ signal }) => fetchPolicies(signal) });
  const edited = reactive(new Map<number, Editing>());
  const unreadable = reactive(new Set<string>());
  const sent = ref<Targets[]>([]);
  const said = ref("");

  const policies = computed<Policy[]>(() => query.data.value?.results ?? []);
  const changes = computed(() => changed(policies.value, edited));

  const saving = useMutation({
    mutationFn: (targets: Targets[]) => changePolicies(targets),
    onMutate: (targets) => {
      sent.value = targets;
      said.value = "";
    },
    onSuccess: (now: Policies, targets) => {
      client.setQueryData(keys.policies, now);
      targets.forEach(({ id }) => edited.delete(id));
      said.value = "Saved. Clocks that run keep the targets that they began with.";
    },
  });

  const fields = computed(() => (saving.error.value instanceof Problem ? saving.error.value.body.fields : undefined));

  return {
    query, policies, changes, unreadable, said,
    busy: saving.isPending,
    wrong: computed(() => (saving.error.value ? sentenceOf(saving.error.value) : "")),
    of: (policy: Policy): Editing => edited.get(policy.id) ?? editing(policy),
    edit: (id: number, wanted: Editing): void => void edited.set(id, wanted),
    refused: (id: number, field: string): string => refusal(fields.value, sent.value, id, field),
    save: (): void => saving.mutate(changes.value),
    putBack: (): void => {
      edited.clear();
      unreadable.clear();
      saving.reset();
      said.value = "";
    },
  };
}
