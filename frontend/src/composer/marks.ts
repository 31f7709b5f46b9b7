/** What is marked in a draft: findings, the words of a promise, open slots; and how marks move while one types. Pure. */
export type MarkKind = "error" | "warning" | "suggestion" | "date" | "slot";

export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly kind: MarkKind;
  /** The caret is in it. */
  readonly here?: boolean;
}

export interface Piece { text: string; mark: Mark | null }

const GRAVEST_FIRST: readonly MarkKind[] = ["error", "slot", "date", "warning", "suggestion"];

/** The text in pieces; where marks overlap the graver one is drawn, and of two that are equal the longer. */
export function pieces(text: string, marks: readonly Mark[]): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const mark of apart(marks.filter(({ start, end }) => start < end && end <= text.length))) {
    if (mark.start > at) found.push({ text: text.slice(at, mark.start), mark: null });
    found.push({ text: text.slice(mark.start, mark.end), mark });
    at = mark.end;
  }
  if (at < text.length) found.push({ text: text.slice(at), mark: null });
  return found;
}

function apart(marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = [];
  const rank = ({ kind, start, end }: Mark): number => GRAVEST_FIRST.indexOf(kind) * 1e6 - (end - start);
  for (const mark of [...marks].sort((a, b) => rank(a) - rank(b))) {
    if (kept.every(({ start, end }) => mark.end <= start || end <= mark.start)) kept.push(mark);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** Where a stretch of `before` lies in `after`; null where what was typed since touches it. */
export function moved<Place extends { start: number; end: number }>(place: Place, before: string, after: string): Place | null {
  if (before === after) return place;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  if (place.end <= head) return place;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  if (place.start < before.length - tail) return null;
  const by = after.length - before.length;
  return { ...place, start: place.start + by, end: place.end + by };
}

/** Every place of these words in the text. */
export function placesOf(words: string, text: string): Array<{ start: number; end: number }> {
  const found = [];
  for (let at = words ? text.indexOf(words) : -1; at >= 0; at = text.indexOf(words, at + words.length)) {
    found.push({ start: at, end: at + words.length });
  }
  return found;
}

/** These words with the blanks that they need to stand at `at` in the text. */
export function spaced(text: string, at: number, words: string): string {
  const before = text.charAt(at - 1);
  const after = text.charAt(at);
  return `${before === "" || /[\s(“"]/.test(before) ? "" : " "}${words}${/[\p{L}\p{N}(“]/u.test(after) ? " " : ""}`;
}
