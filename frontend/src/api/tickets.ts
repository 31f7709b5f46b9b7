/** Tickets: the lists, one ticket, and what people do with it. */
import { ask } from "./http";
import type { Entry, Page, Priority, Row, State, Template, Ticket } from "./types";

export type Sort = "updated" | "waiting" | "clock";
export interface ListFilter {
  readonly view?: string;
  readonly team?: number;
  readonly state?: State;
  readonly q?: string;
  readonly sort?: Sort;
}
export interface NewTicket {
  customer: { name: string; email: string };
  team?: number;
  subject: string;
  text: string;
  as_note?: boolean;
}

export const fetchRows = (filter: ListFilter, cursor: string | null, signal?: AbortSignal): Promise<Page<Row>> =>
  ask("GET", "tickets/", { query: { ...filter, cursor }, signal });
export const openTicket = (ticket: NewTicket): Promise<Ticket> => ask("POST", "tickets/", { body: ticket });

const of = (number: number, rest = ""): string => `tickets/${number}/${rest}`;

export const fetchTicket = (number: number, signal?: AbortSignal): Promise<Ticket> =>
  ask("GET", of(number), { signal });
export const fetchTimeline = (number: number, before: string | null, signal?: AbortSignal): Promise<Page<Entry>> =>
  ask("GET", of(number, "timeline/"), { query: { before }, signal });
export const markRead = (number: number, version: number): Promise<void> =>
  ask("PUT", of(number, "read/"), { body: { version } });

export const rename = (number: number, subject: string): Promise<Ticket> =>
  ask("PATCH", of(number), { body: { subject } });
export const move = (number: number, to: State, more: { reason?: string; wake_at?: string } = {}): Promise<Ticket> =>
  ask("POST", of(number, "state/"), { body: { to, ...more } });
export const assign = (number: number, agent: number | null): Promise<Ticket> =>
  ask("POST", of(number, "assignment/"), { body: { agent } });
export const giveToTeam = (number: number, team: number): Promise<Ticket> =>
  ask("POST", of(number, "team/"), { body: { team } });
export const prioritise = (number: number, priority: Priority): Promise<Ticket> =>
  ask("POST", of(number, "priority/"), { body: { priority } });
export const markSpam = (number: number): Promise<Ticket> => ask("POST", of(number, "spam/"));
export const unmarkSpam = (number: number): Promise<Ticket> => ask("DELETE", of(number, "spam/"));
export const renewLink = (number: number, participant: number): Promise<Ticket> =>
  ask("POST", of(number, `participants/${participant}/link/`));

export const escalate = (number: number, reason: string): Promise<Ticket> =>
  ask("POST", of(number, "escalations/"), { body: { reason } });
export const acknowledge = (number: number, escalation: number): Promise<Ticket> =>
  ask("POST", of(number, `escalations/${escalation}/acknowledgement/`));
export const extendClock = (number: number, clock: number, until: string, reason: string): Promise<Ticket> =>
  ask("POST", of(number, `clocks/${clock}/extension/`), { body: { until, reason } });

export const fetchTemplates = async (number: number): Promise<Template[]> =>
  (await ask<{ results: Template[] }>("GET", "templates/", { query: { ticket: number } })).results;

/** Where the sanitised HTML of a message is shown from; remote images only when asked for. */
export const messageHtml = (number: number, message: number, images: boolean): string =>
  `/api/${of(number, `messages/${message}/html/`)}${images ? "?images=1" : ""}`;
