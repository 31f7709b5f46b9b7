/** The check of a reply while it is written. */
import { answer, api } from "./client";
import type { components } from "./schema";
import type { Checked } from "./types";

export type CheckBody = components["schemas"]["ReplyCheck"];

export const checkReply = (body: CheckBody, signal: AbortSignal): Promise<Checked> =>
  answer(api.POST("/api/reply-check/", { body, signal }));
