/** What is written on a ticket: replies with their undo, notes, drafts and files. */
import { ask } from "./http";
import type { Attachment, Draft, Entry, NoteEntry, Pending, State } from "./types";

export interface DraftBody {
  text: string;
  to: string[];
  cc: string[];
  template: string | null;
  files: number[];
  kind: "reply" | "note";
}
export interface ReplyBody {
  text: string;
  files: number[];
  to: string[];
  cc: string[];
  template: string | null;
  variant: number | null;
  seen_version: number;
  then: State | null;
  wake_at?: string;
}
/** What a 409 adds when somebody has spoken since. */
export interface Stale { version: number; since: Entry[] }

const of = (number: number, rest: string): string => `tickets/${number}/${rest}`;

/** The same `key` for a retry makes it harmless. */
export const sendReply = (number: number, reply: ReplyBody, key: string): Promise<Pending> =>
  ask("POST", of(number, "replies/"), { body: reply, headers: { "Idempotency-Key": key } });
export const undoReply = (number: number, pending: number): Promise<Draft> =>
  ask("DELETE", of(number, `replies/${pending}/`));
export const releaseReply = (number: number, pending: number): Promise<unknown> =>
  ask("POST", of(number, `replies/${pending}/release/`));

export const addNote = (
  number: number,
  note: { text: string; mentions: number[]; files: number[] },
  key: string,
): Promise<NoteEntry> => ask("POST", of(number, "notes/"), { body: note, headers: { "Idempotency-Key": key } });

export const saveDraft = (number: number, draft: DraftBody): Promise<Draft> =>
  ask("PUT", of(number, "draft/"), { body: draft });
export const dropDraft = (number: number): Promise<void> => ask("DELETE", of(number, "draft/"));

export function addFile(number: number, file: File): Promise<Attachment> {
  const form = new FormData();
  form.append("file", file, file.name);
  return ask("POST", of(number, "files/"), { body: form });
}
export const removeFile = (number: number, file: number): Promise<void> =>
  ask("DELETE", of(number, `files/${file}/`));
