/** The views of the left pane: their words, pictures and keys. Which there are and what they hold is the server's business. */
import type { Sort } from "@/api/tickets";

export interface View {
  readonly key: string;
  readonly label: string;
  readonly icon: string;
  readonly sort: Sort;
  readonly letter?: string;
  /** A count above zero is a warning. */
  readonly strains?: boolean;
  /** Shown only while there is something in it. */
  readonly optional?: boolean;
  /** What to say when there is nothing in it. */
  readonly empty: string;
}

export const VIEWS: readonly View[] = [
  { key: "my_open", label: "My open", icon: "person", sort: "clock", letter: "m", empty: "Nothing is yours at the moment. Unassigned tickets can be taken with m." },
  { key: "waiting_for_us", label: "Waiting for us", icon: "ours", sort: "clock", letter: "w", empty: "Nobody waits for an answer from us." },
  { key: "unassigned", label: "Unassigned", icon: "nobody", sort: "clock", letter: "n", empty: "Every ticket has somebody who looks after it." },
  { key: "unhappy", label: "Unhappy now", icon: "face-unhappy", sort: "clock", letter: "u", empty: "Nobody who writes to us is unhappy right now." },
  { key: "promises_due", label: "Promises due", icon: "promise", sort: "clock", letter: "p", empty: "Nothing that we promised is due today." },
  { key: "promises_broken", label: "Promises broken", icon: "missed", sort: "updated", letter: "b", strains: true, optional: true, empty: "Every promise is kept." },
  { key: "at_risk", label: "At risk", icon: "risk", sort: "clock", letter: "r", strains: true, empty: "No clock runs out within the hour." },
  { key: "late", label: "Late", icon: "strained", sort: "clock", letter: "l", strains: true, optional: true, empty: "No clock has run out. Everybody has heard from us in time." },
  { key: "escalated", label: "Escalated", icon: "raise", sort: "clock", letter: "e", strains: true, optional: true, empty: "Nothing is escalated." },
  { key: "on_hold", label: "On hold", icon: "hold", sort: "updated", letter: "h", empty: "Nothing is on hold." },
  { key: "waiting_on_customer", label: "Waiting on customer", icon: "wait", sort: "updated", letter: "c", empty: "We wait for nobody’s answer." },
  { key: "recently_mended", label: "Recently mended", icon: "mended", sort: "updated", letter: "d", empty: "Nothing was mended in the last days. The unhappy ones are one key away: g u." },
  { key: "mending", label: "Mending", icon: "mended", sort: "updated", letter: "i", optional: true, empty: "No repair is under way." },
  { key: "all_open", label: "All open", icon: "all", sort: "updated", letter: "a", empty: "No ticket is open." },
  { key: "unhappy_after_closing", label: "Rated badly", icon: "face-unhappy", sort: "updated", strains: true, optional: true, empty: "Nobody whose ticket we closed is unhappy with us." },
  { key: "mentions", label: "Mentions", icon: "at", sort: "updated", letter: "@", optional: true, empty: "Nobody has mentioned you in a note." },
];

const SET_ASIDE: readonly View[] = [
  { key: "settled", label: "Settled", icon: "resolved", sort: "updated", empty: "Nothing is settled yet." },
  { key: "spam", label: "Spam", icon: "spam", sort: "updated", empty: "No spam." },
];

/** The view of a key; one that an extension of the server added is shown under its own name. */
export function viewOf(key: string): View {
  const known = [...VIEWS, ...SET_ASIDE].find((view) => view.key === key);
  if (known) return known;
  const label = key.charAt(0).toUpperCase() + key.slice(1).replaceAll("_", " ");
  return { key, label, icon: "promise", sort: "updated", empty: "Nothing here." };
}
