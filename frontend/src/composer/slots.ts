/** The places of a template that are still to be filled: {what_happened}. Pure. */
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

/** "what_happened" as words, where the template gives no label. */
export function slotWords(slot: string): string {
  return slot.charAt(0).toUpperCase() + slot.slice(1).replaceAll("_", " ");
}
