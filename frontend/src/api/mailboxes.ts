/** Mailboxes: setting them, trying them out, how they do. Secrets go to the server and never come back. */
import { answer, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Mailbox = Schemas["Mailbox"];
export type MailboxChange = Schemas["MailboxChange"];
export type ImapChange = Schemas["ImapChange"];
export type Verdict = Schemas["Verdict"];
export type UnreadMailbox = Schemas["UnreadMailbox"];

const of = (mailbox: number) => ({ path: { mailbox } });

export const fetchMailboxes = async (signal?: AbortSignal): Promise<Mailbox[]> => (await answer(api.GET("/api/mailboxes/", { signal }))).results;
/** Makes one where `id` is null. */
export const saveMailbox = (id: number | null, change: MailboxChange): Promise<Mailbox> =>
  id === null ? answer(api.POST("/api/mailboxes/", { body: change })) : answer(api.PUT("/api/mailboxes/{mailbox}/", { params: of(id), body: change }));
export const removeMailbox = (id: number): Promise<unknown> => answer(api.DELETE("/api/mailboxes/{mailbox}/", { params: of(id) }));
export const fetchMailNow = (id: number): Promise<Mailbox> => answer(api.POST("/api/mailboxes/{mailbox}/fetch/", { params: of(id) }));
export const tryAccount = (mailbox: number | null, imap: ImapChange): Promise<Verdict> =>
  answer(api.POST("/api/mailboxes/trial/", { body: { mailbox, imap } }));
export const fetchUnread = async (signal?: AbortSignal): Promise<UnreadMailbox[]> =>
  (await answer(api.GET("/api/mailboxes/unread/", { signal }))).results;
