/** Who is mentioned in a note, and the word that is being typed after an @. Pure. */
export interface MentionPiece { text: string; mention: boolean }

/** Cuts a text at "@Name" for the given names; longer names win. */
export function mentioned(text: string, names: readonly string[]): MentionPiece[] {
  const known = [...names].sort((a, b) => b.length - a.length).map(escaped);
  if (known.length === 0) return [{ text, mention: false }];
  return text
    .split(new RegExp(`(@(?:${known.join("|")})(?!\\p{L}))`, "u"))
    .filter(Boolean)
    .map((piece) => ({ text: piece, mention: piece.startsWith("@") && names.includes(piece.slice(1)) }));
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The colleagues whose "@Name" stands in a text. */
export function mentionsIn<Colleague extends { id: number; name: string }>(text: string, colleagues: readonly Colleague[]): number[] {
  const said = new Set(mentioned(text, colleagues.map(({ name }) => name)).filter(({ mention }) => mention).map((piece) => piece.text.slice(1)));
  return colleagues.filter(({ name }) => said.has(name)).map(({ id }) => id);
}

/** What is typed after an @ that begins a word, up to the caret; null when the caret is elsewhere. */
export function typedMention(text: string, caret: number): string | null {
  const found = /(?:^|\s)@([\p{L}'-]*(?: [\p{L}'-]*)?)$/u.exec(text.slice(0, caret));
  return found?.[1] ?? null;
}
