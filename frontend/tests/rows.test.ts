import { QueryClient } from "@tanstack/vue-query";
import { describe, expect, it, vi } from "vitest";
import { keys } from "@/api/keys";
import type { Row } from "@/api/types";
import type { ListFilter } from "@/api/tickets";
import type { TicketNews } from "@/live/messages";
import { lostKeys, refreshing } from "@/live/refresh";
import { holds, place, type Pages } from "@/live/rows";
import { steady } from "@/queue/steady";
import { row } from "./cast";

const pages = (...results: Row[][]): Pages => ({
  pages: results.map((rows, i) => ({ results: rows, next: i < results.length - 1 ? String(i + 1) : null })),
  pageParams: results.map((_, i) => (i === 0 ? null : String(i))),
});
const numbers = (data: Pages | undefined) => data?.pages.flatMap(({ results }) => results.map(({ number }) => number));
const at = (hour: number) => `2026-05-11T${String(hour).padStart(2, "0")}:00:00Z`;
const due = (hour: number) => ({ label: "Reply", warn_at: null, due_at: at(hour) });

describe("a list", () => {
  it("holds what the server says that its view holds", () => {
    expect(holds({ view: "unhappy" }, row(1), ["unhappy", "at_risk"])).toBe(true);
    expect(holds({ view: "on_hold" }, row(1), ["unhappy"])).toBe(false);
    expect(holds({ view: "unhappy", team: 4 }, row(1), ["unhappy"])).toBe(false);
  });

  it.each<ListFilter>([{ q: "tent" }, { view: "my_open" }, { view: "unhappy", state: "open" }, {}])("leaves to the server what it cannot know (%o)", (filter) => {
    expect(holds(filter, row(1), ["unhappy"])).toBeNull();
  });

  it("puts the newest first", () => {
    const data = pages([row(1, { updated_at: at(9) }), row(2, { updated_at: at(7) })]);
    expect(numbers(place(data, row(3, { updated_at: at(8) }), "updated"))).toEqual([1, 3, 2]);
  });

  it("puts the next clock first, and what has none last", () => {
    const data = pages([row(1, { clock: due(9) }), row(2, { clock: null })]);
    expect(numbers(place(data, row(3, { clock: due(8) }), "clock"))).toEqual([3, 1, 2]);
    expect(numbers(place(data, row(3, { clock: due(10) }), "clock"))).toEqual([1, 3, 2]);
    expect(numbers(place(data, row(3), "clock"))).toEqual([1, 2, 3]);
  });

  it("orders as the server does where times are equal or have fractions", () => {
    const same = pages([row(1, { clock: due(9) }), row(5, { clock: due(9) })]);
    expect(numbers(place(same, row(3, { clock: due(9) }), "clock"))).toEqual([1, 3, 5]);
    const newest = pages([row(5), row(1)]);
    expect(numbers(place(newest, row(3), "updated"))).toEqual([5, 3, 1]);
    const whole = pages([row(1, { updated_at: "2026-05-11T08:00:01.5Z" }), row(2, { updated_at: "2026-05-11T08:00:00Z" })]);
    expect(numbers(place(whole, row(3, { updated_at: "2026-05-11T08:00:01Z" }), "updated"))).toEqual([1, 3, 2]);
  });

  it("moves a ticket across pages without doubling it", () => {
    const data = pages([row(1, { updated_at: at(9) })], [row(2, { updated_at: at(7) }), row(3, { updated_at: at(6) })]);
    expect(numbers(place(data, row(3, { updated_at: at(10) }), "updated"))).toEqual([3, 1, 2]);
  });

  it("leaves out what lies beyond the pages that were read", () => {
    const data: Pages = { pages: [{ results: [row(1, { updated_at: at(9) })], next: "more" }], pageParams: [null] };
    expect(numbers(place(data, row(2, { updated_at: at(5) }), "updated"))).toEqual([1]);
  });
});

describe("the drawn order", () => {
  it("is the server's", () => expect(steady([3, 1, 2], [1, 2, 3], new Set())).toEqual([3, 1, 2]));
  it("keeps what is pointed at where it is", () => expect(steady([3, 1, 2], [1, 2, 3], new Set([1]))).toEqual([1, 3, 2]));
  it("keeps two things where they are", () => expect(steady([5, 4, 3, 2, 1], [1, 2, 3, 4], new Set([2, 4]))).toEqual([5, 2, 3, 4, 1]));
  it("lets go of what has left the list", () => expect(steady([3, 2], [1, 2, 3], new Set([1]))).toEqual([3, 2]));
});

describe("live news", () => {
  function desk(filter: ListFilter, data: Pages) {
    const client = new QueryClient();
    client.setQueryData(keys.list(filter), data);
    const reads = vi.spyOn(client, "invalidateQueries").mockResolvedValue();
    const list = () => client.getQueryData<Pages>(keys.list(filter));
    return { client, reads, list, refresh: refreshing(client) };
  }
  const said = (changed: Row, views: string[], version = changed.version): TicketNews => {
    const { unread: _unread, draft: _draft, ...publicRow } = changed;
    return { topic: "queue:3", n: 1, kind: "ticket", event: "replied", ticket: changed.number, version, row: publicRow, views, words: "" };
  };

  it("bring a ticket into the list without reading it again", () => {
    const { list, refresh, reads } = desk({ view: "unhappy" }, pages([row(1)]));
    refresh.news(said(row(2, { updated_at: at(12) }), ["unhappy"]));
    expect(numbers(list())).toEqual([2, 1]);
    expect(list()?.pages[0]?.results[0]).toMatchObject({ unread: true, draft: false });
    expect(reads).not.toHaveBeenCalledWith({ queryKey: keys.lists });
  });

  it("take a ticket out of a view that it left", () => {
    const { list, refresh } = desk({ view: "unhappy" }, pages([row(1), row(2)]));
    refresh.news(said(row(1, { version: 2 }), ["recently_mended"]));
    expect(numbers(list())).toEqual([2]);
  });

  it("keep the marks that only the person has", () => {
    const { list, refresh } = desk({ view: "unhappy" }, pages([row(1, { unread: true, draft: true })]));
    refresh.news(said(row(1, { version: 2, subject: "New words" }), ["unhappy"]));
    expect(list()?.pages[0]?.results[0]).toMatchObject({ subject: "New words", unread: true, draft: true });
  });

  it("change nothing when they are older than what is shown", () => {
    const { list, refresh } = desk({ view: "unhappy" }, pages([row(1, { version: 5, subject: "Newest" })]));
    refresh.news(said(row(1, { version: 4, subject: "Old" }), ["unhappy"]));
    expect(list()?.pages[0]?.results[0]?.subject).toBe("Newest");
  });

  it("take a ticket away when it left the team, but not when the news of its new team came first", () => {
    const mine = desk({ view: "all_open" }, pages([row(1)]));
    mine.refresh.news({ topic: "queue:3", n: 2, kind: "left", ticket: 1 });
    expect(numbers(mine.list())).toEqual([]);
    const moved = desk({ view: "all_open" }, pages([row(1, { team: { id: 4, name: "Shops" } })]));
    moved.refresh.news({ topic: "queue:3", n: 2, kind: "left", ticket: 1 });
    expect(numbers(moved.list())).toEqual([1]);
  });

  it("read My open again when something became mine", () => {
    const { refresh, reads } = desk({ view: "my_open" }, pages([row(1)]));
    refresh.news({ topic: "me", n: 1, kind: "me", ticket: 2, unread: false, draft: false, views: ["my_open"] });
    expect(reads).toHaveBeenCalledWith({ queryKey: keys.lists });
  });

  it("read a list again whose answer was already on its way, since that answer may be older", () => {
    const { client, refresh, reads } = desk({ view: "unhappy" }, pages([row(1)]));
    vi.spyOn(client, "isFetching").mockReturnValue(1);
    refresh.news(said(row(1, { version: 2 }), ["unhappy"]));
    expect(reads).toHaveBeenCalledWith({ queryKey: keys.lists });
  });

  it("read the open ticket again when it has a newer version", () => {
    const { client, refresh, reads } = desk({ view: "unhappy" }, pages([]));
    client.setQueryData(keys.ticket(1), row(1, { version: 2 }));
    refresh.news(said(row(1, { version: 2 }), []));
    expect(reads).not.toHaveBeenCalledWith({ queryKey: keys.timeline(1) });
    refresh.news(said(row(1, { version: 3 }), []));
    expect(reads).toHaveBeenCalledWith({ queryKey: keys.timeline(1) });
  });

  it("read again what a lost topic may have changed, and everything when all was lost", () => {
    expect(lostKeys(null)).toEqual([[]]);
    expect(lostKeys(["ticket:17"])).toContainEqual(keys.timeline(17));
    expect(lostKeys(["queue:3"])).toContainEqual(keys.lists);
  });
});
