/** Tickets: the lists, one ticket, and what people do with it. */
import { answer, api } from "./client";
import type { components } from "./schema";
import type { Entry, Page, Priority, Row, SignalKind, State, Template, Ticket } from "./types";

export type Sort = "updated" | "waiting" | "clock";
export interface ListFilter {
  readonly view?: string;
  readonly team?: number;
  readonly state?: State;
  readonly q?: string;
  readonly sort?: Sort;
}
export type NewTicket = components["schemas"]["NewTicket"];

const at = (number: number) => ({ path: { number } });

export const fetchRows = (filter: ListFilter, cursor: string | null, signal?: AbortSignal): Promise<Page<Row>> =>
  answer(api.GET("/api/tickets/", { params: { query: { ...filter, cursor: cursor ?? undefined } }, signal }));
export const openTicket = (ticket: NewTicket): Promise<Row> => answer(api.POST("/api/tickets/", { body: ticket }));

export const fetchTicket = (number: number, signal?: AbortSignal): Promise<Ticket> =>
  answer(api.GET("/api/tickets/{number}/", { params: at(number), signal }));
export const fetchTimeline = (number: number, before: string | null, signal?: AbortSignal): Promise<Page<Entry>> =>
  answer(api.GET("/api/tickets/{number}/timeline/", { params: { ...at(number), query: { before: before ?? undefined } }, signal }));
export const markRead = (number: number, version: number): Promise<unknown> =>
  answer(api.PUT("/api/tickets/{number}/read/", { params: at(number), body: { version } }));

export const rename = (number: number, subject: string): Promise<Ticket> =>
  answer(api.PATCH("/api/tickets/{number}/", { params: at(number), body: { subject } }));
export const move = (number: number, to: State, more: { reason?: string; wake_at?: string } = {}): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/state/", { params: at(number), body: { to, ...more } }));
export const assign = (number: number, agent: number | null): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/assignment/", { params: at(number), body: { agent } }));
export const giveToTeam = (number: number, team: number): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/team/", { params: at(number), body: { team } }));
export const prioritise = (number: number, priority: Priority): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/priority/", { params: at(number), body: { priority } }));
export const correctMood = (number: number, mood: "unhappy" | "neutral" | "happy"): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/mood/", { params: at(number), body: { mood } }));
export const leaveUnheard = (number: number, message: number, kind: string, text: string): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/messages/{message}/misheard/", { params: { path: { number, message } }, body: { kind, text } }));
export const fetchSignals = async (): Promise<SignalKind[]> => (await answer(api.GET("/api/signals/"))).results;
export const addSignal = (number: number, message: number, kind: SignalKind["kind"]): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/messages/{message}/missed/", { params: { path: { number, message } }, body: { kind } }));
export const hearAgain = (number: number, message: number): Promise<Ticket> =>
  answer(api.DELETE("/api/tickets/{number}/messages/{message}/misheard/", { params: { path: { number, message } } }));
export const markSpam = (number: number): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/spam/", { params: at(number) }));
export const unmarkSpam = (number: number): Promise<Ticket> =>
  answer(api.DELETE("/api/tickets/{number}/spam/", { params: at(number) }));
export const renewLink = (number: number, participant: number): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/participants/{participant}/link/", { params: { path: { number, participant } } }));

/** Let mail go to a person's address again, which sent mail back. */
export const writeAgain = (number: number, participant: number, reason: string): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/participants/{participant}/address/", { params: { path: { number, participant } }, body: { reason } }));

export const fetchTemplates = async (number: number): Promise<Template[]> =>
  (await answer(api.GET("/api/templates/", { params: { query: { ticket: number } } }))).results;

/** Where the sanitised HTML of a message is shown from; remote images only when asked for. */
export const messageHtml = (number: number, message: number, images: boolean): string =>
  `/api/tickets/${number}/messages/${message}/html/${images ? "?images=1" : ""}`;
