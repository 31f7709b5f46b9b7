/** The floor's reading, whole or of the team that the address names; kept fresh by the live connection. */
import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { useRoute, useRouter } from "vue-router";
import { fetchFloor } from "@/api/floor";
import { keys } from "@/api/keys";
import { useTopics } from "@/live/live";

const NET = 30_000; // ms; what time alone changes is read again this often

export function useFloor() {
  const route = useRoute();
  const router = useRouter();
  const team = computed(() => Number(route.query.team) || null);
  const query = useQuery({
    queryKey: computed(() => [...keys.floor, team.value]),
    queryFn: ({ signal }) => fetchFloor(team.value, signal),
    placeholderData: keepPreviousData,
    refetchInterval: NET,
  });
  useTopics(["floor"]);

  const choose = (wanted: number | null): void => void router.replace({ query: { ...route.query, team: wanted ?? undefined } });

  /** Customers by the numbers of their tickets, as far as the floor has named them. */
  const names = computed(() => {
    const floor = query.data.value;
    const named = [...(floor?.stream ?? []).map(({ number, customer }) => [number, customer] as const)];
    for (const { number, customer } of floor?.riskiest ?? []) named.push([number, customer.name]);
    for (const { number, name } of floor?.ahead ?? []) named.push([number, name]);
    return new Map(named);
  });

  return { query, team, choose, names };
}
