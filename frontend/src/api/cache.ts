/** The cache of what the server said. Live news keep it fresh; a slow re-reading is only the net beneath. */
import { QueryCache, QueryClient } from "@tanstack/vue-query";
import { keys } from "./keys";
import { Problem } from "./problems";
import type { Session } from "./types";

const MINUTE = 60_000;
const SIGNED_OUT = 401;

export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => noteSignOut(client, error) }),
    defaultOptions: {
      queries: {
        staleTime: MINUTE / 2,
        gcTime: 10 * MINUTE,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
      },
    },
  });
  return client;
}

/** A session that ended elsewhere shows the door. */
function noteSignOut(client: QueryClient, error: Error): void {
  if (!(error instanceof Problem) || error.status !== SIGNED_OUT) return;
  client.setQueryData<Session>(keys.session, (session) => session && { ...session, agent: null });
}
