/** The letters that the system writes by itself, and how the house words them. */
import { answer, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type LetterKinds = Schemas["LetterKinds"];
export type LetterKind = Schemas["LetterKind"];
export type Letter = Schemas["Letter"];
export type LetterVersion = Schemas["LetterVersion"];
export type LetterPreview = Schemas["LetterPreview"];
export type LetterFault = LetterPreview["faults"][number];

/** Whose words of which letter: a team's, or (null) the house's. */
export interface Place { key: string; locale: string; team: number | null }
export interface Words { subject: string; body: string }

const path = ({ key }: Place) => ({ key });
const query = ({ locale, team }: Place) => ({ locale, team: team ?? undefined });

export const fetchLetters = (signal?: AbortSignal): Promise<LetterKinds> => answer(api.GET("/api/letters/", { signal }));
export const fetchLetter = (place: Place, signal?: AbortSignal): Promise<Letter> =>
  answer(api.GET("/api/letters/{key}/", { params: { path: path(place), query: query(place) }, signal }));
export const rewriteLetter = ({ key, locale, team }: Place, words: Words, seen: number | null): Promise<Letter> =>
  answer(api.PUT("/api/letters/{key}/", { params: { path: { key } }, body: { locale, team, ...words, seen } }));
export const dropLetter = (place: Place, seen: number | null): Promise<Letter> =>
  answer(api.DELETE("/api/letters/{key}/", { params: { path: path(place), query: { ...query(place), seen: seen ?? undefined } } }));
export const previewLetter = ({ key, locale, team }: Place, words: Words, signal?: AbortSignal): Promise<LetterPreview> =>
  answer(api.POST("/api/letters/{key}/preview/", { params: { path: { key } }, body: { locale, team, ...words }, signal }));
/** The address of the letter as a mail program shows it, for a frame. */
export const letterPage = ({ key, locale }: Place, { body }: Words): string =>
  `/api/letters/${encodeURIComponent(key)}/page/?${new URLSearchParams({ locale, body }).toString()}`;
