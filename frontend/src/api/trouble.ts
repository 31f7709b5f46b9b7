/** Mail that needs a person: held on its way in, in trouble on its way out. */
import { answer, api } from "./client";
import type { components } from "./schema";
import type { Delivery, HeldMail, Page, TroubledDelivery } from "./types";

type HeldMailDetail = components["schemas"]["HeldMailDetail"];
const of = (id: number) => ({ path: { raw_id: id } });

export const fetchHeld = (cursor: string | null): Promise<Page<HeldMail>> =>
  answer(api.GET("/api/quarantine/", { params: { query: { cursor: cursor ?? undefined } } }));
export const fetchHeldMail = (id: number): Promise<HeldMailDetail> =>
  answer(api.GET("/api/quarantine/{raw_id}/", { params: of(id) }));
/** Onto a ticket, or as a new one when `ticket` is null. */
export const releaseHeld = (id: number, ticket: number | null): Promise<unknown> =>
  answer(api.POST("/api/quarantine/{raw_id}/release/", { params: of(id), body: { ticket } }));
export const discardHeld = (id: number, reason: string): Promise<unknown> =>
  answer(api.POST("/api/quarantine/{raw_id}/discard/", { params: of(id), body: { reason } }));

export type DeliveryGroup = "failed" | "delayed";
export const fetchDeliveries = (state: DeliveryGroup, cursor: string | null): Promise<Page<TroubledDelivery>> =>
  answer(api.GET("/api/deliveries/", { params: { query: { state, cursor: cursor ?? undefined } } }));
export const actOnDelivery = (id: number, act: Delivery["acts"][number]): Promise<unknown> =>
  answer(api.POST(act === "arrived" ? "/api/deliveries/{mail_id}/arrival/" : "/api/deliveries/{mail_id}/retry/", { params: { path: { mail_id: id } } }));
