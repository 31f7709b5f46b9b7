/** Times that one puts a ticket on hold until, in the reader's own day. Pure. */
import { HOUR } from "@/ui/when";

function at(now: number, days: number, hour: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hour).getTime();
}

export function holdUntil(now: number): Array<{ label: string; at: number }> {
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  return [
    { label: "In three hours", at: now + 3 * HOUR },
    { label: "Tomorrow 9:00", at: at(now, 1, 9) },
    { label: "Monday 9:00", at: at(now, toMonday, 9) },
    { label: "In a week", at: at(now, 7, 9) },
  ];
}

/** The value of a datetime-local field, in the reader's time zone. */
export function localInput(time: number): string {
  const shifted = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
