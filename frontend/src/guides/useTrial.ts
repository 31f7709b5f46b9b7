/** How a text reads with believable facts, and what keeps it from coming into force: asked after each pause in typing. */
import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed, type Ref, ref, watch } from "vue";
import { keys } from "@/api/keys";
import { type Content, type Shelf, tryTemplate } from "@/api/library";
import { cleaned, type Fault, refusedFaults, triedFaults } from "./content";

const PAUSE = 350;

export function useTrial(shelf: Ref<Shelf | null>, content: Ref<Content | null>) {
  const asked = computed(() => (shelf.value && content.value ? { shelf: shelf.value, content: cleaned(content.value) } : null));
  const settled = ref(asked.value);
  watch(asked, (wanted, before, done) => {
    const waiting = setTimeout(() => (settled.value = wanted), before === null ? 0 : PAUSE);
    done(() => clearTimeout(waiting));
  });
  const query = useQuery({
    queryKey: computed(() => (settled.value ? keys.templateTrial(settled.value.shelf, settled.value.content) : ["template-trial"])),
    queryFn: ({ signal }) => (settled.value ? tryTemplate(settled.value.shelf, settled.value.content, signal) : null),
    enabled: computed(() => settled.value !== null),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const faults = computed<Fault[]>(() => {
    if (query.error.value) return refusedFaults(query.error.value);
    return query.data.value ? triedFaults(query.data.value) : [];
  });
  return { variants: computed(() => query.data.value?.variants ?? []), faults };
}
