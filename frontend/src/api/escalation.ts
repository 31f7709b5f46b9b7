/** Raising a ticket, taking note of that, and giving a clock more time. */
import { answer, api } from "./client";
import type { Ticket } from "./types";

export const escalate = (number: number, reason: string): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/escalations/", { params: { path: { number } }, body: { reason } }));
export const acknowledge = (number: number, escalation: number): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/escalations/{escalation}/acknowledgement/", { params: { path: { number, escalation } } }));
export const extendClock = (number: number, clock: number, until: string, reason: string): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/clocks/{clock}/extension/", { params: { path: { number, clock } }, body: { until, reason } }));
