/** What was typed, kept in this browser until the server has it: a dead network or a closed tab loses nothing. */
import type { Promised } from "@/api/types";

export interface LocalDraft {
  readonly reply: string;
  readonly note: string;
  readonly kind: "reply" | "note";
  /** Drafts that an earlier version of the desk kept have neither. */
  readonly promises?: Promised[];
  readonly overrides?: Record<string, string>;
  readonly at: number;
  readonly unsaved: boolean;
}

const key = (number: number): string => `kintsugi.draft.${number}`;

export function readLocal(number: number): LocalDraft | null {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key(number)) ?? "null");
    return typeof found === "object" && found !== null && "reply" in found && "note" in found ? (found as LocalDraft) : null;
  } catch {
    return null;
  }
}

export function keepLocal(number: number, draft: LocalDraft): void {
  try {
    if (draft.reply.trim() || draft.note.trim()) localStorage.setItem(key(number), JSON.stringify(draft));
    else localStorage.removeItem(key(number));
  } catch {
    // A full or forbidden store is no reason to stop typing: the server still keeps drafts.
  }
}

export function dropLocal(number: number): void {
  try {
    localStorage.removeItem(key(number));
  } catch {
    // Nothing was kept here.
  }
}
