/** Turns what the socket said into changes and new readings of what is cached. The one place that does. */
import type { QueryClient, QueryKey } from "@tanstack/vue-query";
import { keys } from "@/api/keys";
import type { ListFilter } from "@/api/tickets";
import type { Row, Ticket } from "@/api/types";
import type { LeftNews, News, OwnNews, TicketNews } from "./messages";
import { change, has, holds, newer, type Pages, place, without } from "./rows";
import { atMost } from "./throttle";

const A_SECOND = 1000;

export interface Refresh {
  news(message: News): void;
  lost(topics: string[] | null): Promise<void>;
}

export function refreshing(client: QueryClient): Refresh {
  const again = (...queryKeys: QueryKey[]) =>
    Promise.all(queryKeys.map((queryKey) => client.invalidateQueries({ queryKey }))).then(() => undefined);
  const counts = atMost(A_SECOND, () => void again(keys.counts));
  const floor = atMost(A_SECOND / 2, () => void again(keys.floor));
  const unsure = atMost(A_SECOND, () => void again(keys.lists));

  function eachList(act: (filter: ListFilter, data: Pages, key: QueryKey) => Pages | undefined): void {
    for (const [key, data] of client.getQueriesData<Pages>({ queryKey: keys.lists })) {
      const changed = data && act(key[1] as ListFilter, data, key);
      if (changed && changed !== data) client.setQueryData(key, changed);
      // An answer that was asked for before this news would undo it.
      if (client.isFetching({ queryKey: key, exact: true }) > 0) unsure();
    }
  }

  function ticket(news: TicketNews): void {
    eachList((filter, data) => {
      const held = holds(filter, news.row, news.views);
      if (held === null) {
        if (!has(data, news.ticket) || filter.q) unsure();
        return change(data, news.ticket, (row) => newer(row, news.row));
      }
      if (!held) return without(data, news.ticket);
      return place(data, withOwnMarks(find(data, news.ticket), news), filter.sort ?? "updated");
    });
    const open = client.getQueryData<Ticket>(keys.ticket(news.ticket));
    if (open && open.version < news.version) void again(keys.ticket(news.ticket), keys.timeline(news.ticket));
    counts();
    floor();
  }

  function left({ topic, ticket: number }: LeftNews): void {
    eachList((_, data) => {
      const row = find(data, number);
      return row && topic === `queue:${row.team.id}` ? without(data, number) : undefined;
    });
    void again(keys.ticket(number));
    counts();
  }

  function own(news: OwnNews): void {
    eachList((filter, data) => {
      if (filter.view === "my_open" && has(data, news.ticket) !== news.views.includes("my_open")) unsure();
      return change(data, news.ticket, (row) => ({ ...row, unread: news.unread, draft: news.draft }));
    });
    counts();
  }

  return {
    news(message) {
      if (message.kind === "ticket") ticket(message);
      else if (message.kind === "left") left(message);
      else if (message.kind === "me") own(message);
      else if (message.kind === "trouble") void again(keys.quarantine, keys.deliveries, keys.unreadMailboxes).then(counts);
    },
    lost: (topics) => again(...lostKeys(topics)),
  };
}

/** Everything that a lost topic may have changed; null means all of it. */
export function lostKeys(topics: string[] | null): QueryKey[] {
  if (topics === null) return [[]];
  const found: QueryKey[] = [keys.counts, keys.lists];
  for (const topic of topics) {
    const [kind, id] = topic.split(":");
    if (kind === "ticket") found.push(keys.ticket(Number(id)), keys.timeline(Number(id)));
    else if (kind === "floor") found.push(keys.floor);
    else found.push(["ticket"], ["timeline"], keys.quarantine, keys.deliveries, keys.unreadMailboxes);
  }
  return found;
}

function find(data: Pages, number: number): Row | undefined {
  return data.pages.flatMap(({ results }) => results).find((row) => row.number === number);
}

/** The news carry no unread and draft marks: those come on the person's own topic, and until then stay as they were. */
function withOwnMarks(known: Row | undefined, { row, event }: TicketNews): Row {
  if (!known) return { ...row, unread: event !== "read", draft: false };
  return newer(known, row);
}
