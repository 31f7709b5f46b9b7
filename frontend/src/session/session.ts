/** Who is signed in, and what they may. */
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed } from "vue";
import { changeMe, fetchSession } from "@/api/desk";
import { keys } from "@/api/keys";
import type { Me, Preferences, Session } from "@/api/types";

export const sessionQuery = { queryKey: keys.session, queryFn: fetchSession, staleTime: Infinity };

export function useSession() {
  const client = useQueryClient();
  const { data } = useQuery(sessionQuery);
  const me = computed<Me | null>(() => data.value?.agent ?? null);
  const may = (permission: string): boolean => me.value?.permissions.includes(permission) ?? false;

  async function change(wanted: { status?: Me["status"]; preferences?: Preferences }): Promise<void> {
    const agent = await changeMe(wanted);
    client.setQueryData<Session>(keys.session, (session) => session && { ...session, agent });
  }

  return { me, may, change };
}
