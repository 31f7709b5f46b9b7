/** Mail that needs a person: held on its way in, in trouble on its way out. */
import { answer, api } from "./client";
import type { components } from "./schema";
import type { Delivery, HeldMail, Page, TroubledDelivery } from "./types";

type HeldMailDetail = components["schemas"]["HeldMailDetail"];
export type HeldGroup = "held" | "decided";
export type Offer = components["schemas"]["Offer"];
const of = (id: number) => ({ path: { raw_id: id } });

export const fetchHeld = (state: HeldGroup, cursor: string | null): Promise<Page<HeldMail>> =>
  answer(api.GET("/api/quarantine/", { params: { query: { state, cursor: cursor ?? undefined } } }));
export const fetchHeldMail = (id: number): Promise<HeldMailDetail> =>
  answer(api.GET("/api/quarantine/{raw_id}/", { params: of(id) }));
/** Onto a ticket, as one of the customers offered, or with neither as a new ticket of its sender. */
export const releaseHeld = (id: number, to: { ticket?: number; customer?: string }): Promise<components["schemas"]["HandledMail"]> =>
  answer(api.POST("/api/quarantine/{raw_id}/release/", { params: of(id), body: to }));
export const discardHeld = (id: number, reason: string): Promise<unknown> =>
  answer(api.POST("/api/quarantine/{raw_id}/discard/", { params: of(id), body: { reason } }));

export type DeliveryGroup = "failed" | "delayed";
export const fetchDeliveries = (state: DeliveryGroup, cursor: string | null): Promise<Page<TroubledDelivery>> =>
  answer(api.GET("/api/deliveries/", { params: { query: { state, cursor: cursor ?? undefined } } }));
export const actOnDelivery = (id: number, act: Delivery["acts"][number]): Promise<unknown> =>
  answer(api.POST(act === "arrived" ? "/api/deliveries/{mail_id}/arrival/" : "/api/deliveries/{mail_id}/retry/", { params: { path: { mail_id: id } } }));
