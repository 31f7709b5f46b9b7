/** Puts a ticket's news into a cached list, in the list's own order. Pure. */
import type { Page, PublicRow, Row } from "@/api/types";
import type { ListFilter, Sort } from "@/api/tickets";

export interface Pages { pages: Array<Page<Row>>; pageParams: unknown[] }

/** Views whose content differs per person: only the person's own topic can tell. */
const PERSONAL = new Set(["my_open", "mentions"]);

/** Whether the list holds the ticket, by the views that the server named; null when only a new reading can tell. */
export function holds(filter: ListFilter, row: PublicRow, views: readonly string[]): boolean | null {
  if (filter.q || filter.state || !filter.view || PERSONAL.has(filter.view)) return null;
  if (filter.team !== undefined && filter.team !== row.team.id) return false;
  return views.includes(filter.view);
}

export function has(data: Pages, number: number): boolean {
  return data.pages.some(({ results }) => results.some((row) => row.number === number));
}

/** Change one row where it stands; an older version than the cached one changes nothing. */
export function change(data: Pages, number: number, how: (row: Row) => Row): Pages {
  return {
    ...data,
    pages: data.pages.map((page) => ({ ...page, results: page.results.map((row) => (row.number === number ? how(row) : row)) })),
  };
}

export function newer(row: Row, news: PublicRow): Row {
  return news.version < row.version ? row : { ...row, ...news };
}

export function without(data: Pages, number: number): Pages {
  return {
    ...data,
    pages: data.pages.map((page) => ({ ...page, results: page.results.filter((row) => row.number !== number) })),
  };
}

/** Take the row out and put it where the order wants it; beyond what is loaded it is left out. */
export function place(data: Pages, row: Row, sort: Sort): Pages {
  const rest = without(data, row.number);
  const index = rest.pages.findIndex(({ results, next }, i) => {
    const last = results[results.length - 1];
    const final = i === rest.pages.length - 1;
    return (last !== undefined && before(row, last, sort)) || (final && next === null);
  });
  if (index < 0) return rest;
  return { ...rest, pages: rest.pages.map((page, i) => (i === index ? inserted(page, row, sort) : page)) };
}

function inserted(page: Page<Row>, row: Row, sort: Sort): Page<Row> {
  const at = page.results.findIndex((other) => before(row, other, sort));
  const where = at < 0 ? page.results.length : at;
  return { ...page, results: [...page.results.slice(0, where), row, ...page.results.slice(where)] };
}

/** As the server orders: the newest change first; or the earliest time first, what has none last, the older ticket first. */
function before(one: Row, other: Row, sort: Sort): boolean {
  if (sort === "updated") return compare(exact(one.updated_at), exact(other.updated_at), one.number - other.number) > 0;
  const time = (row: Row): string => exact(sort === "clock" ? row.clock?.due_at : row.waiting_since);
  return compare(time(one), time(other), one.number - other.number) < 0;
}

function compare(one: string, other: string, tie: number): number {
  if (one === other) return tie;
  return one < other ? -1 : 1;
}

const NEVER = "~";
const MICROSECONDS = 6;

/** A time in a form whose order is that of its letters: the server writes fractions only where there are any. */
function exact(iso: string | null | undefined): string {
  if (!iso) return NEVER;
  const [whole = "", fraction = ""] = iso.replace("Z", "").split(".");
  return `${whole}.${fraction.padEnd(MICROSECONDS, "0")}`;
}
