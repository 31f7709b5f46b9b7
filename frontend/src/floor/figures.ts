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

const ICONS: Partial<Record<Tile["level"], string>> = { strained: "strained", broken: "broken" };

export function iconOf({ level }: Pick<Tile, "level">): string | undefined {
  return ICONS[level];
}

/** The view of the same name; null for the people, who stand on the floor itself. */
export function placeOf({ key }: Pick<Tile, "key">): RouteLocationRaw | null {
  return key === "agents" ? null : { name: "view", params: { view: key } };
}
