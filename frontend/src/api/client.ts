/** The cache of what the server said. Live news keep it fresh; a slow re-reading is only the net beneath. */
import { QueryClient } from "@tanstack/vue-query";
import { Problem } from "./http";

const MINUTE = 60_000;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: MINUTE / 2,
        gcTime: 10 * MINUTE,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
      },
    },
  });
}
