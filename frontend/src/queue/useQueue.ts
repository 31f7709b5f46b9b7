/** The rows of one list: pages from the cache, in a steady order. */
import { useInfiniteQuery } from "@tanstack/vue-query";
import { computed, ref, shallowRef, watch, type Ref } from "vue";
import { keys } from "@/api/keys";
import { fetchRows, type ListFilter } from "@/api/tickets";
import type { Row } from "@/api/types";
import { steady } from "./steady";

export function useQueue(filter: Ref<ListFilter>, selected: Ref<number | null>) {
  const query = useInfiniteQuery({
    queryKey: computed(() => keys.list(filter.value)),
    queryFn: ({ pageParam, signal }) => fetchRows(filter.value, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: 60_000,
  });

  const pointed = ref<number | null>(null);
  const order = shallowRef<number[]>([]);
  const byNumber = computed(() => {
    const all = query.data.value?.pages.flatMap(({ results }) => results) ?? [];
    return new Map(all.map((row) => [row.number, row]));
  });

  watch(() => JSON.stringify(filter.value), () => (order.value = []), { flush: "sync" });
  watch(
    [byNumber, pointed],
    ([rows, hovered]) => {
      const pinned = new Set([hovered, selected.value].filter((number) => number !== null));
      order.value = steady([...rows.keys()], order.value, pinned);
    },
    { immediate: true },
  );

  const rows = computed<Row[]>(() => order.value.flatMap((number) => byNumber.value.get(number) ?? []));

  /** Where the open ticket stands, or stood before it left the list. */
  const place = ref(-1);
  watch([order, selected], () => {
    const at = selected.value === null ? -1 : order.value.indexOf(selected.value);
    if (at >= 0 || selected.value === null) place.value = at;
  }, { immediate: true });

  function neighbour(step: 1 | -1): number | null {
    const isThere = selected.value !== null && order.value[place.value] === selected.value;
    const to = step === 1 && !isThere ? Math.max(0, place.value) : place.value + step;
    return order.value[to] ?? null;
  }

  return { query, rows, pointed, neighbour };
}

export type Queue = ReturnType<typeof useQueue>;
