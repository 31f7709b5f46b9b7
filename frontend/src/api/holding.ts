/** Holding updates: we are still on it, and by when there is news. */
import { answer, api } from "./client";
import type { Ticket } from "./types";

export const sendHoldingUpdate = (number: number, newsBy: string): Promise<Ticket> =>
  answer(api.POST("/api/tickets/{number}/holding-updates/", { params: { path: { number } }, body: { news_by: newsBy } }));
