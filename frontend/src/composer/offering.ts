/** The words that a finding offers: where they go, and how a button says what it does. Pure. */
import type { Finding } from "@/api/types";
import { plain } from "./slots";

export interface Place { readonly start: number; readonly end: number }

const SLOT = /\{([a-z][a-z0-9_]*)\}/g;

/** Where the offers of a finding stand in the text that was checked; null where it offers nothing. */
export function offersPlace({ offers_start: start, offers_end: end }: Finding): Place | null {
  return start === null || end === null ? null : { start, end };
}

/** "Use “please”", "Add “Hi Ana,”", "Leave out “Actually,”": what is kept of the words that stood there is not told. */
export function told(offer: string, before: string, labels: Readonly<Record<string, string>> = {}): string {
  const named = (words: string): string => words.replace(SLOT, (_, name: string) => `[${(labels[name] ?? plain(name).label).toLowerCase()}]`);
  const kept = commonEnd(offer, before);
  const [added, gone] = [offer.slice(0, offer.length - kept), before.slice(0, before.length - kept)].map((words) => words.trim());
  if (!added) return `Leave out “${gone}”`;
  return kept === before.length && before.length < 2 ? `Add “${named(added)}”` : `Use “${named(offer.trim())}”`;
}

/** The first place that is still to be filled in some words. */
export const placeIn = (words: string): string | null => [...words.matchAll(SLOT)][0]?.[1] ?? null;

/** How many letters two texts share at their end, whatever their case, in whole words where both go on before them. */
function commonEnd(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  let shared = 0;
  while (shared < Math.min(a.length, b.length) && a[a.length - 1 - shared] === b[b.length - 1 - shared]) shared += 1;
  return shared === a.length || shared === b.length ? shared : 0;
}
