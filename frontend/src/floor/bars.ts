/** Arrivals as bars: every team on one scale, so that their heights compare. Pure. */
import type { FloorTeam } from "@/api/floor";
import { clockTime } from "@/ui/when";

type Arrivals = FloorTeam["arrivals"];

export const WIDTH = 112;
export const HEIGHT = 36;
const LEAST = 5; // arrivals that fill the height at least, so that one is not a tower
const STUB = 1.5;

export interface Bar { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export function highest(teams: readonly FloorTeam[]): number {
  return Math.max(LEAST, ...teams.flatMap(({ arrivals }) => arrivals.map(({ count }) => count)));
}

export function bars(arrivals: Arrivals, top: number): Bar[] {
  const step = (WIDTH + 6) / Math.max(arrivals.length, 1);
  return arrivals.map(({ count }, place) => {
    const height = count === 0 ? STUB : Math.max(STUB, (count / top) * (HEIGHT - 2));
    return { x: place * step, y: HEIGHT - 1 - height, width: step - 6, height };
  });
}

/** What the drawing says to those who do not see it. */
export function barWords(arrivals: Arrivals): string {
  const since = arrivals[0] ? ` since ${clockTime(Date.parse(arrivals[0].from))}` : "";
  return `Arrivals each half hour${since}: ${arrivals.map(({ count }) => count).join(", ")}`;
}
