/** Words of the assistant, where one is plugged in: asked for by a person, kept and sent by nobody. */
import { answer, api } from "./client";
import type { components } from "./schema";

export type Suggestion = components["schemas"]["Suggestion"];
export type RewritingBody = components["schemas"]["RewritingRequest"];
export type Rewriting = components["schemas"]["Rewriting"];

const at = (number: number) => ({ path: { number } });

export const suggestReply = (number: number, template: string | null, signal: AbortSignal): Promise<Suggestion> =>
  answer(api.POST("/api/tickets/{number}/suggestion/", { params: at(number), body: { template }, signal }));
export const rewritePassage = (number: number, body: RewritingBody, signal: AbortSignal): Promise<Rewriting> =>
  answer(api.POST("/api/tickets/{number}/rewriting/", { params: at(number), body, signal }));
