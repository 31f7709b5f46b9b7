/** The rules of the reply check, as an administrator sets them. */
import { answer, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Rules = Schemas["Rules"];
export type Rule = Schemas["Rule"];
export type UnreadRule = Schemas["UnreadRule"];
export type Loudness = Rule["level"];
export type Tried = Schemas["RuleTried"];

/** Whose levels in which language: a team's, or (null) everybody's. */
export interface RulePlace { locale: string; team: number | null }

const query = ({ locale, team }: RulePlace) => ({ locale, team: team ?? undefined });

export const fetchRules = (place: RulePlace, signal?: AbortSignal): Promise<Rules> =>
  answer(api.GET("/api/reply-rules/", { params: { query: query(place) }, signal }));
export const setLevel = ({ locale, team }: RulePlace, rule: string, level: Loudness | ""): Promise<Rules> =>
  answer(api.PUT("/api/reply-rules/", { body: { locale, team, rule, level } }));
export const writeRule = ({ locale, team }: RulePlace, source: string, own: number | null): Promise<Schemas["WrittenRule"]> =>
  own === null
    ? answer(api.POST("/api/reply-rules/own/", { body: { locale, team, source } }))
    : answer(api.PUT("/api/reply-rules/own/{own}/", { params: { path: { own } }, body: { locale, source } }));
export const dropRule = (own: number): Promise<unknown> => answer(api.DELETE("/api/reply-rules/own/{own}/", { params: { path: { own } } }));
export const tryRule = (locale: string, source: string, draft: string): Promise<Tried> =>
  answer(api.POST("/api/reply-rules/trial/", { body: { locale, source, draft } }));
