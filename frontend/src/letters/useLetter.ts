/** The words of one letter in one place, as they are and as they are being changed; what is typed stays until it is saved or put back. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, reactive, ref, type Ref, watch } from "vue";
import { keys } from "@/api/keys";
import { dropLetter, fetchLetter, letterPage, type Letter, type Place, previewLetter, rewriteLetter, type Words } from "@/api/letters";
import { sentenceOf } from "@/api/problems";

const PAUSE = 350;

export function useLetter(place: Ref<Place>) {
  const client = useQueryClient();
  const query = useQuery({ queryKey: computed(() => keys.letter(place.value)), queryFn: ({ signal }) => fetchLetter(place.value, signal) });
  const typed = reactive(new Map<string, Words>());
  const said = ref("");
  const name = computed(() => JSON.stringify(place.value));
  const letter = computed(() => query.data.value);
  const kept = computed<Words>(() => ({ subject: letter.value?.subject ?? "", body: letter.value?.body ?? "" }));
  const words = computed<Words>({
    get: () => typed.get(name.value) ?? kept.value,
    set: (wanted) => void (wanted.subject === kept.value.subject && wanted.body === kept.value.body ? typed.delete(name.value) : typed.set(name.value, wanted)),
  });

  const settled = ref<Words>(words.value);
  watch([words, name], ([wanted], [, before], done) => {
    const waiting = setTimeout(() => (settled.value = wanted), before === name.value ? PAUSE : 0);
    done(() => clearTimeout(waiting));
  });
  const preview = useQuery({
    queryKey: computed(() => keys.letterPreview(place.value, settled.value)),
    queryFn: ({ signal }) => previewLetter(place.value, settled.value, signal),
    enabled: computed(() => letter.value !== undefined && settled.value.body !== ""),
    placeholderData: keepPreviousData,
  });

  function changed(now: Letter, words: string): void {
    client.setQueryData(keys.letter(place.value), now);
    typed.delete(name.value);
    said.value = words;
    void client.invalidateQueries({ queryKey: keys.letters });
  }

  const saving = useMutation({
    mutationFn: () => rewriteLetter(place.value, words.value, letter.value?.in_force ?? null),
    onSuccess: (now) => changed(now, "Saved. The next mail is written with these words."),
  });
  const dropping = useMutation({
    mutationFn: () => dropLetter(place.value, letter.value?.in_force ?? null),
    onSuccess: (now) => changed(now, now.source === "house" ? "The house’s words hold again." : "The words that come with Kintsugi hold again."),
  });
  watch(name, () => {
    said.value = "";
    saving.reset();
    dropping.reset();
  });

  return {
    query, letter, words, preview, said,
    page: computed(() => letterPage(place.value, settled.value)),
    dirty: computed(() => typed.has(name.value)),
    faults: computed(() => (preview.isPlaceholderData.value ? [] : (preview.data.value?.faults ?? []))),
    busy: computed(() => saving.isPending.value || dropping.isPending.value),
    wrong: computed(() => (saving.error.value ?? dropping.error.value ? sentenceOf(saving.error.value ?? dropping.error.value) : "")),
    save: (): void => saving.mutate(),
    drop: (): void => dropping.mutate(),
    putBack: (): void => {
      typed.delete(name.value);
      saving.reset();
      said.value = "";
    },
  };
}
