/** What is written on a ticket: replies with their undo, notes, drafts and files. */
import { answer, api } from "./client";
import type { components } from "./schema";
import type { Attachment, Draft, NoteEntry, Pending } from "./types";

export type DraftBody = components["schemas"]["DraftChange"];
export type ReplyBody = components["schemas"]["Reply"];
export type NoteBody = components["schemas"]["NewNote"];
export type Then = NonNullable<ReplyBody["then"]>;
/** What a 409 adds: what was said since, at which version. */
export type Stale = Required<Pick<components["schemas"]["Conflict"], "version" | "since">>;

const at = (number: number) => ({ path: { number } });
const once = (number: number, key: string) => ({ ...at(number), header: { "Idempotency-Key": key } });

/** The same `key` for a retry makes it harmless. */
export const sendReply = (number: number, reply: ReplyBody, key: string): Promise<Pending> =>
  answer(api.POST("/api/tickets/{number}/replies/", { params: once(number, key), body: reply }));
export const undoReply = (number: number, reply: number): Promise<Draft> =>
  answer(api.DELETE("/api/tickets/{number}/replies/{reply}/", { params: { path: { number, reply } } }));
export const releaseReply = (number: number, reply: number): Promise<unknown> =>
  answer(api.POST("/api/tickets/{number}/replies/{reply}/release/", { params: { path: { number, reply } } }));

export const addNote = (number: number, note: NoteBody, key: string): Promise<NoteEntry> =>
  answer(api.POST("/api/tickets/{number}/notes/", { params: once(number, key), body: note }));

export const saveDraft = (number: number, draft: DraftBody): Promise<Draft> =>
  answer(api.PUT("/api/tickets/{number}/draft/", { params: at(number), body: draft }));
export const dropDraft = (number: number, kind: "reply" | "note"): Promise<unknown> =>
  answer(api.DELETE("/api/tickets/{number}/draft/", { params: { ...at(number), query: { kind } } }));

/** `inline`: a picture that stands in the words. */
export function addFile(number: number, file: File, inline: boolean): Promise<Attachment> {
  const form = new FormData();
  form.append("file", file, file.name);
  form.append("inline", String(inline));
  return answer(
    api.POST("/api/tickets/{number}/files/", { params: at(number), body: { file: file.name, inline }, bodySerializer: () => form }),
  );
}
export const removeFile = (number: number, file: number): Promise<unknown> =>
  answer(api.DELETE("/api/tickets/{number}/files/{file}/", { params: { path: { number, file } } }));
