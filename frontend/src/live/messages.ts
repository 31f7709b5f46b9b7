/** What travels on the socket. */
import type { Person, PublicRow } from "@/api/types";

export interface Present extends Pick<Person, "id" | "name" | "initials"> { doing: string }

interface Numbered { topic: string; n?: number }
export interface TicketNews extends Numbered {
  kind: "ticket";
  event: string;
  ticket: number;
  version: number;
  row: PublicRow;
  views: string[];
  words: string;
}
export interface LeftNews extends Numbered { kind: "left"; ticket: number }
export interface OwnNews extends Numbered { kind: "me"; ticket: number; unread: boolean; draft: boolean; views: string[] }
export interface PresenceNews extends Numbered { kind: "presence"; ticket?: number; here: Present[] }
export interface TroubleNews extends Numbered { kind: "trouble" }
export type News = TicketNews | LeftNews | OwnNews | PresenceNews | TroubleNews;

export interface Hello { hello: { epoch: string; heartbeat: number } }
export interface Subscribed { subscribed: string[]; refused?: string[]; n?: Record<string, number> }
export interface Heartbeat { heartbeat: { epoch: string; n: Record<string, number> } }
export type Frame = Hello | Subscribed | Heartbeat | News;

/** A frame as an object, or null for what is none: a broken frame must not stop the next. */
export function readFrame(text: string): Frame | null {
  try {
    const found: unknown = JSON.parse(text);
    const known = ["hello", "subscribed", "heartbeat", "topic"];
    return typeof found === "object" && found !== null && known.some((key) => key in found) ? (found as Frame) : null;
  } catch {
    return null;
  }
}
