/** What we promise a customer: the times that a promise may name, and what becomes of one. */
import { answer, api } from "./client";
import type { PromiseTime, PromiseTimes, Ticket } from "./types";

/** `at` is a time on the team's wall, such as 2026-12-01T17:00, of which one wants to know the words. */
export const fetchPromiseTimes = (number: number, at: string | null, signal?: AbortSignal): Promise<PromiseTimes> =>
  answer(api.GET("/api/tickets/{number}/promise-times/", { params: { path: { number }, query: at ? { at } : {} }, signal }));

/** The time that the words of a promise name, null where they name none. */
export const readPromiseTime = async (number: number, said: string): Promise<PromiseTime | null> =>
  (await answer(api.GET("/api/tickets/{number}/promise-times/", { params: { path: { number }, query: { said } } }))).chosen;

/** It was kept, or is taken back; the customer reads the reason. */
export const endPromise = (number: number, promise: number, to: "kept" | "withdrawn", reason: string): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/promises/{promise}/", { params: { path: { number, promise } }, body: { to, reason } }));
