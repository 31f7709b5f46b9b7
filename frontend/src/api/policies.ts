/** Targets and ladders of the teams. All times are seconds. */
import { answer, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Policies = Schemas["Policies"];
export type Policy = Schemas["Policy"];
export type Targets = Schemas["Targets"];
export type Level = Schemas["Level"];

export const fetchPolicies = (signal?: AbortSignal): Promise<Policies> => answer(api.GET("/api/policies/", { signal }));
export const changePolicies = (results: Targets[]): Promise<Policies> => answer(api.PUT("/api/policies/", { body: { results } }));
