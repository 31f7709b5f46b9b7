/** One ticket and its conversation, from the cache; reading it marks it read. */
import { useInfiniteQuery, useQuery } from "@tanstack/vue-query";
import { computed, ref, watch } from "vue";
import { keys } from "@/api/keys";
import { fetchTicket, fetchTimeline, markRead } from "@/api/tickets";
import type { Entry } from "@/api/types";

export function useTicket(number: number) {
  const ticketQuery = useQuery({
    queryKey: keys.ticket(number),
    queryFn: ({ signal }) => fetchTicket(number, signal),
    staleTime: 0,
  });
  const timelineQuery = useInfiniteQuery({
    queryKey: keys.timeline(number),
    queryFn: ({ pageParam, signal }) => fetchTimeline(number, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  const ticket = ticketQuery.data;
  const entries = computed<Entry[]>(() => {
    const pages = timelineQuery.data.value?.pages ?? [];
    return pages.toReversed().flatMap(({ results }) => results);
  });

  /** What had been read when the ticket was opened: the divider stays there while one reads on. */
  const readUpTo = ref<number | null>(null);
  watch(
    () => ticket.value,
    (now) => {
      if (!now) return;
      readUpTo.value ??= now.read_version;
      if (now.read_version < now.version && document.visibilityState === "visible") {
        void markRead(number, now.version).catch(() => undefined);
      }
    },
    { immediate: true },
  );

  return { ticket, ticketQuery, entries, timelineQuery, readUpTo };
}
