/** The next three hours on one line: where each clock and hour stands, and whose name fits beside the others. Pure. */
import type { Ahead } from "@/api/floor";
import { HOUR } from "@/ui/when";

export const SPAN = 3 * HOUR;

export interface Mark extends Ahead {
  readonly key: string;
  /** 0 now, 100 in three hours. */
  readonly left: number;
  readonly strained: boolean;
  readonly named: boolean;
}

const CHARACTER = 1.3; // per cent of the line that a character of a name takes, generously

const placed = (at: number, now: number): number => ((at - now) / SPAN) * 100;

export function firstName(name: string): string {
  return name.split(" ")[0] ?? name;
}

export function marks(ahead: readonly Ahead[], now: number): Mark[] {
  let taken = -1;
  return ahead
    .filter(({ at }) => Date.parse(at) >= now && Date.parse(at) <= now + SPAN)
    .map((one) => {
      const left = placed(Date.parse(one.at), now);
      const half = (firstName(one.name).length * CHARACTER) / 2;
      const named = left - half >= Math.max(taken, 0) && left + half <= 100;
      if (named) taken = left + half + CHARACTER;
      return { ...one, key: `${one.number} ${one.label} ${one.at}`, left, named, strained: one.warn_at !== null && Date.parse(one.warn_at) <= now };
    });
}

/** The full hours within the line, in the reader's time zone. */
export function hours(now: number): Array<{ at: number; left: number }> {
  const first = new Date(now);
  first.setMinutes(60, 0, 0);
  return [0, 1, 2, 3]
    .map((step) => first.getTime() + step * HOUR)
    .filter((at) => at - now > SPAN / 13 && at <= now + SPAN * 0.98)
    .map((at) => ({ at, left: placed(at, now) }));
}

export function aheadWords(count: number): string {
  if (count === 0) return "nothing falls due";
  return count === 1 ? "one clock falls due" : `${count} clocks fall due`;
}
