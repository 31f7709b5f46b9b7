/** One template as it is in force and as it is being changed; what is typed stays until it is saved or put back. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, ref, type Ref, watch } from "vue";
import { keys } from "@/api/keys";
import { type Content, editTemplate, fetchTemplate, restoreVersion, switchTemplate, type WholeTemplate } from "@/api/library";
import { Problem, sentenceOf } from "@/api/problems";
import { BLANK, cleaned, refusedFaults, same } from "./content";
import { useTrial } from "./useTrial";
import { useTyped } from "./useTyped";

export function useTemplate(id: Ref<number>) {
  const client = useQueryClient();
  const { typed } = useTyped();
  const query = useQuery({ queryKey: computed(() => keys.template(id.value)), queryFn: ({ signal }) => fetchTemplate(id.value, signal) });
  const template = computed(() => query.data.value);
  const said = ref("");
  const newest = computed(() => template.value?.version ?? 0);
  const content = computed<Content>({
    get: () => typed.get(id.value)?.content ?? template.value?.content ?? BLANK,
    set: (wanted) => {
      if (template.value && same(wanted, template.value.content)) typed.delete(id.value);
      else typed.set(id.value, { content: wanted, seen: typed.get(id.value)?.seen ?? newest.value });
    },
  });
  const shelf = computed(() => template.value ? { key: template.value.key, locale: template.value.locale, team: template.value.team?.id ?? null } : null);
  const trial = useTrial(shelf, computed(() => (template.value ? content.value : null)));

  function holds(now: WholeTemplate, words: string): void {
    client.setQueryData(keys.template(now.id), now);
    said.value = words;
    void client.invalidateQueries({ queryKey: keys.library, exact: true });
  }

  const saving = useMutation({
    mutationFn: () => editTemplate(id.value, cleaned(content.value), typed.get(id.value)?.seen ?? newest.value),
    onSuccess: (now) => {
      typed.delete(now.id);
      holds(now, `Saved as version ${now.version}. The next reply is offered these words.`);
    },
  });
  const restoring = useMutation({
    mutationFn: (version: number) => restoreVersion(id.value, version, newest.value),
    onSuccess: (now, version) => holds(now, `The words of version ${version} hold again, as version ${now.version}.`),
  });
  const switching = useMutation({
    mutationFn: (isActive: boolean) => switchTemplate(id.value, isActive),
    onSuccess: (now) => holds(now, now.is_active ? "It is offered to those who write." : "It is offered no more. Nothing of it is lost."),
  });
  const all = [saving, restoring, switching] as const;
  const cause = computed(() => saving.error.value ?? restoring.error.value ?? switching.error.value);

  function begin(): void {
    said.value = "";
    for (const one of all) one.reset();
  }
  watch(id, begin);
  watch(content, () => saving.reset());

  /** After somebody else was faster: theirs is fetched to be read, and what was typed may be saved after it. */
  async function catchUp(): Promise<number> {
    const { data } = await query.refetch();
    const mine = typed.get(id.value);
    if (mine && data) typed.set(id.value, { ...mine, seen: data.version });
    begin();
    said.value = mine ? "What was saved meanwhile is shown here. Save, and yours comes after it." : "";
    return data?.version ?? newest.value;
  }

  return {
    query, template, content, trial, said, catchUp,
    dirty: computed(() => typed.has(id.value)),
    refused: computed(() => refusedFaults(saving.error.value)),
    busy: computed(() => all.some((one) => one.isPending.value)),
    wrong: computed(() => (cause.value ? sentenceOf(cause.value) : "")),
    tooLate: computed(() => cause.value instanceof Problem && cause.value.status === 409),
    save: (): void => { begin(); saving.mutate(); },
    restore: (version: number): void => { begin(); restoring.mutate(version); },
    turn: (isActive: boolean): void => { begin(); switching.mutate(isActive); },
    putBack: (): void => { typed.delete(id.value); begin(); },
  };
}
