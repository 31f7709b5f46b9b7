/** The places of a template that are still to be filled: {what_happened}. Pure. */
import type { Slot } from "@/api/types";

const PLACE = /\{([a-z][a-z0-9_]*)\}/g;

export interface TextPart { text: string; slot: string | null }

export function parts(text: string): TextPart[] {
  const found: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(PLACE)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index), slot: null });
    found.push({ text: match[0], slot: match[1] ?? null });
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ text: text.slice(at), slot: null });
  return found;
}

/** The names of the open slots, each once, in the order of the text. */
export function openSlots(text: string): string[] {
  return [...new Set(parts(text).flatMap(({ slot }) => slot ?? []))];
}

export function fill(text: string, slot: string, words: string): string {
  return text.replaceAll(`{${slot}}`, words);
}

/** A place of no template that we know: it is filled by typing. */
export function plain(name: string): Slot {
  const label = name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
  return { name, kind: "text", label, hint: "", value: null, filled: false, choices: [] };
}

/** "one, two or three", „eins, zwei oder drei“: options stand side by side, none before the other. */
export const joined = (options: readonly string[], language: string): string => new Intl.ListFormat(language, { type: "disjunction" }).format(options);

/** "2026-05-15" as it is read: Friday 15 May, or Freitag, 15. Mai. */
export function dateWords(day: string, language: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  if (Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(date);
}
