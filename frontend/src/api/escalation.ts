/** Raising a ticket, taking note of that, and giving a clock more time. */
import { answer, request } from "./client";
import type { Ticket } from "./types";

const at = (number: number): string => `/api/tickets/${number}/`;

export const escalate = (number: number, reason: string): Promise<Ticket> =>
  answer(request<Ticket>("POST", `${at(number)}escalations/`, { reason }));
export const acknowledge = (number: number, escalation: number): Promise<Ticket> =>
  answer(request<Ticket>("POST", `${at(number)}escalations/${escalation}/acknowledgement/`, {}));
export const extendClock = (number: number, clock: number, until: string, reason: string): Promise<Ticket> =>
  answer(request<Ticket>("POST", `${at(number)}clocks/${clock}/extension/`, { until, reason }));
