/** The tiles: what their small line says now, and where each leads. Pure. */
import type { RouteLocationRaw } from "vue-router";
import type { Tile } from "@/api/floor";
import { span } from "@/ui/when";

/** "longest for 4 d": the detail with the time between its moment and now; a moment just past is "now". */
export function detailOf({ detail, at }: Pick<Tile, "detail" | "at">, now: number): string {
  if (at === null) return detail;
  const away = Date.parse(at) - now;
  if (away > 0 || !detail.endsWith(" in")) return `${detail} ${span(Math.abs(away))}`;
  return `${detail.slice(0, -" in".length)} now`;
}

/** A mean keeps its decimal, a count has none. */
export function figureOf({ key, value }: Pick<Tile, "key" | "value">): string {
  if (value === null) return "–";
  return key === "rated" ? value.toFixed(1) : String(value);
}

const ICONS: Partial<Record<Tile["level"], string>> = { strained: "strained", broken: "broken" };

export function iconOf({ level }: Pick<Tile, "level">): string | undefined {
  return ICONS[level];
}

/** Behind the mean of the ratings, those that pull it down. */
const VIEWS: Record<string, string> = { rated: "unhappy_after_closing" };

/** The view of the same name; null for the people, who stand on the floor itself. */
export function placeOf({ key }: Pick<Tile, "key">): RouteLocationRaw | null {
  return key === "agents" ? null : { name: "view", params: { view: VIEWS[key] ?? key } };
}
