/** The library of guided replies: their texts, versions, and what came of each. */
import { answer, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Library = Schemas["TemplateLibrary"];
export type CountedTemplate = Schemas["CountedTemplate"];
export type TemplateFigures = Schemas["TemplateFigures"];
export type WholeTemplate = Schemas["WholeTemplate"];
export type FormerTemplate = Schemas["FormerTemplate"];
export type TemplateVersion = Schemas["TemplateVersion"];
export type Content = Schemas["TemplateContent"];
export type Tried = Schemas["TriedTemplate"];
export type TriedVariant = Schemas["TriedVariant"];
export type Slot = Library["slots"][number];
export type Stage = Content["stage"];

/** Under which name, in which language and whose: a team's, or (null) the house's. */
export interface Shelf { key: string; locale: string; team: number | null }

const path = (template_id: number) => ({ params: { path: { template_id } } });

export const fetchLibrary = (signal?: AbortSignal): Promise<Library> => answer(api.GET("/api/template-library/", { signal }));
export const fetchTemplate = (id: number, signal?: AbortSignal): Promise<WholeTemplate> =>
  answer(api.GET("/api/template-library/{template_id}/", { ...path(id), signal }));
export const fetchFormer = (id: number, version: number, signal?: AbortSignal): Promise<FormerTemplate> =>
  answer(api.GET("/api/template-library/{template_id}/versions/{version}/", { params: { path: { template_id: id, version } }, signal }));
export const addTemplate = (shelf: Shelf, content: Content): Promise<WholeTemplate> =>
  answer(api.POST("/api/template-library/", { body: { ...shelf, ...content } }));
export const editTemplate = (id: number, content: Content, seen: number): Promise<WholeTemplate> =>
  answer(api.PUT("/api/template-library/{template_id}/", { ...path(id), body: { ...content, seen_version: seen } }));
export const restoreVersion = (id: number, version: number, seen: number): Promise<WholeTemplate> =>
  answer(api.POST("/api/template-library/{template_id}/restoration/", { ...path(id), body: { version, seen_version: seen } }));
export const switchTemplate = (id: number, is_active: boolean): Promise<WholeTemplate> =>
  answer(api.PUT("/api/template-library/{template_id}/activity/", { ...path(id), body: { is_active } }));
export const tryTemplate = (shelf: Shelf, content: Content, signal?: AbortSignal): Promise<Tried> =>
  answer(api.POST("/api/template-library/preview/", { body: { ...shelf, ...content }, signal }));
