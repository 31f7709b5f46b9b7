/** What a clock says now: a shape, a word and a time. Pure: `now` is milliseconds since the epoch. */
import { DAY, daysAway, HOUR, moment, span } from "./when";

export interface Deadline {
  readonly label: string;
  readonly warn_at: string | null;
  readonly due_at: string;
}

export type Strain = "calm" | "strained" | "broken";

export interface Face {
  readonly strain: Strain;
  /** "late 42 min", "11 min", "tomorrow". */
  readonly time: string;
  /** "Reply late 42 min", "Reply in 11 min": for wide places and screen readers. */
  readonly words: string;
}

/** The shape follows the server's own marks: before the warning calm, after it strained, after the due time broken. */
export function strain(clock: Deadline, now: number): Strain {
  if (now >= Date.parse(clock.due_at)) return "broken";
  return clock.warn_at && now >= Date.parse(clock.warn_at) ? "strained" : "calm";
}

export function face(clock: Deadline, now: number): Face {
  const due = Date.parse(clock.due_at);
  const label = clock.label || "Due";
  const how = strain(clock, now);
  if (how === "broken") {
    const time = `late ${span(now - due)}`;
    return { strain: how, time, words: `${label} ${time}` };
  }
  const time = remaining(clock.due_at, now);
  return { strain: how, time, words: due - now < DAY / 2 ? `${label} in ${time}` : `${label} by ${moment(clock.due_at, now)}` };
}

function remaining(due: string, now: number): string {
  const left = Date.parse(due) - now;
  if (left < 12 * HOUR) return span(left);
  const away = daysAway(Date.parse(due), now);
  if (away <= 0) return span(left);
  return away === 1 ? "tomorrow" : shortDay(due);
}

function shortDay(due: string): string {
  return new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric" }).format(Date.parse(due)).replace(",", "");
}

