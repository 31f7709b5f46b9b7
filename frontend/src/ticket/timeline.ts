/** How a conversation is laid out: what is folded, and where the unread begins. Pure. */
import type { Entry, EventEntry, MessageEntry, NoteEntry } from "@/api/types";

export type Item =
  | { kind: "earlier"; key: string; entries: Entry[]; messages: number; events: number; since: string }
  | { kind: "events"; key: string; entries: EventEntry[] }
  | { kind: "quoted"; key: string; entry: EventEntry }
  | { kind: "message"; key: string; entry: MessageEntry }
  | { kind: "note"; key: string; entry: NoteEntry }
  | { kind: "unread"; key: string };

const SHOWN_READ = 3;

/**
 * `readUpTo` is the version read before; `mine` the reader's own id, whose words are never new to them. Of what was
 * read the last few spoken entries stay open; what is before them folds into one line, unless `unfolded`.
 */
export function layOut(entries: readonly Entry[], readUpTo: number, mine: number | null, unfolded: boolean): Item[] {
  const firstNew = entries.findIndex((entry) => entry.kind !== "event" && entry.version > readUpTo && !isMine(entry, mine));
  const cut = unfolded ? 0 : earlierEnd(entries, firstNew < 0 ? entries.length : firstNew);
  const items: Item[] = cut > 0 ? [earlier(entries.slice(0, cut))] : [];
  entries.slice(cut).forEach((entry, i) => {
    if (cut + i === firstNew && firstNew > 0) items.push({ kind: "unread", key: "unread" });
    add(items, entry);
  });
  return items;
}

function isMine(entry: Entry, mine: number | null): boolean {
  return entry.by.kind === "agent" && mine !== null && entry.by.id === mine;
}

function earlierEnd(entries: readonly Entry[], firstNew: number): number {
  const spoken = entries.flatMap((entry, i) => (entry.kind !== "event" && i < firstNew ? [i] : []));
  const cut = spoken[spoken.length - SHOWN_READ] ?? 0;
  return entries.slice(0, cut).some(({ kind }) => kind !== "event") ? cut : 0;
}

function earlier(entries: Entry[]): Item {
  const events = entries.filter(({ kind }) => kind === "event").length;
  return { kind: "earlier", key: "earlier", entries, messages: entries.length - events, events, since: entries[0]?.at ?? "" };
}

function add(items: Item[], entry: Entry): void {
  const last = items[items.length - 1];
  if (entry.kind === "event" && entry.quote) items.push({ kind: "quoted", key: `event-${entry.version}`, entry });
  else if (entry.kind === "event") {
    if (last?.kind === "events") last.entries.push(entry);
    else items.push({ kind: "events", key: `event-${entry.version}`, entries: [entry] });
  } else if (entry.kind === "note") items.push({ kind: "note", key: `note-${entry.id}`, entry });
  else items.push({ kind: "message", key: `message-${entry.id}`, entry });
}

export interface Piece { text: string; heard: string | null }

const LIST_ITEM = /^\s*(?:[-*•>–]|\d+[.)])/;
const NARROWEST = 50;
const WIDEST = 140;

/**
 * Mail is often broken into lines at some width. A break is only that when the next word would not have fitted; it
 * becomes a space, so that places in the text stay right. Lists and short lines (addresses, verses) keep theirs.
 */
export function unwrapped(text: string): string {
  const lines = text.split("\n");
  const width = Math.max(...lines.map(({ length }) => length));
  if (width < NARROWEST || width > WIDEST) return text;
  return lines.reduce((whole, line, i) => whole + (isSoft(lines[i - 1] ?? "", line, width) ? " " : "\n") + line);
}

function isSoft(before: string, line: string, width: number): boolean {
  const word = /^\S*/.exec(line)?.[0] ?? "";
  return before !== "" && word !== "" && !LIST_ITEM.test(line) && before.length + 1 + word.length > width;
}

/** Paragraphs of a text, cut into plain pieces and the words that were heard in it. */
export function paragraphs(given: string, heard: ReadonlyArray<{ start: number; end: number; kind: string }>): Piece[][] {
  const text = unwrapped(given);
  const marks = [...heard].filter(({ start, end }) => start >= 0 && end > start && end <= text.length).sort((a, b) => a.start - b.start);
  const found: Piece[][] = [];
  let at = 0;
  for (const block of text.split(/\n{2,}/)) {
    const from = text.indexOf(block, at);
    at = from + block.length;
    if (block.trim()) found.push(cut(text, from, at, marks));
  }
  return found;
}

function cut(text: string, from: number, to: number, marks: ReadonlyArray<{ start: number; end: number; kind: string }>): Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  for (const { start, end, kind } of marks) {
    if (start < at || end > to) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), heard: null });
    pieces.push({ text: text.slice(start, end), heard: kind });
    at = end;
  }
  if (at < to) pieces.push({ text: text.slice(at, to), heard: null });
  return pieces;
}
