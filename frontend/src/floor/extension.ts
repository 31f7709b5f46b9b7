/** Later times to move a clock to, counted from its due time or from now, whichever is later. Pure. */
import { HOUR } from "@/ui/when";

export interface Later { readonly label: string; readonly at: number }

const QUARTER = HOUR / 4;

export function later(dueAt: string, now: number): Later[] {
  const from = Math.ceil(Math.max(Date.parse(dueAt), now) / QUARTER) * QUARTER;
  const day = new Date(from);
  const next = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, 9).getTime();
  return [
    { label: "One hour more", at: from + HOUR },
    { label: "Three hours more", at: from + 3 * HOUR },
    { label: "The next morning", at: next },
  ];
}

/** What is wrong with the chosen time, before the server is asked; empty when nothing is. */
export function wrongTime(until: string, dueAt: string, now: number): string {
  const at = Date.parse(until);
  if (Number.isNaN(at)) return "Choose a day and a time.";
  if (at <= now) return "That time has passed. Choose one that is still to come.";
  return at <= Date.parse(dueAt) ? "That is earlier than it is due now. Choose a later time." : "";
}
