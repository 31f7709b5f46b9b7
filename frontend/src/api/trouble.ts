/** Mail that needs a person: held on its way in, in trouble on its way out. */
import { ask } from "./http";
import type { HeldMail, HeldMailDetail, Page, TroubledDelivery } from "./types";

export const fetchHeld = (cursor: string | null): Promise<Page<HeldMail>> =>
  ask("GET", "quarantine/", { query: { cursor } });
export const fetchHeldMail = (id: number): Promise<HeldMailDetail> => ask("GET", `quarantine/${id}/`);
/** Onto a ticket, or as a new one when `ticket` is null. */
export const releaseHeld = (id: number, ticket: number | null): Promise<unknown> =>
  ask("POST", `quarantine/${id}/release/`, { body: { ticket } });
export const discardHeld = (id: number, reason: string): Promise<unknown> =>
  ask("POST", `quarantine/${id}/discard/`, { body: { reason } });

export const fetchUndelivered = (cursor: string | null): Promise<Page<TroubledDelivery>> =>
  ask("GET", "deliveries/", { query: { state: "failed", cursor } });
export const retryDelivery = (id: number): Promise<unknown> => ask("POST", `deliveries/${id}/retry/`);
