/** Short names for the shapes that the server speaks; they are made from its schema (`npm run schema`). */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type State = Schemas["StateEnum"];
export type Priority = Schemas["PriorityEnum"];
export type Doing = "viewing" | "writing";

export type Person = Schemas["Person"];
export type Team = Schemas["Team"];
export type Named = Schemas["Named"];
export type Preferences = Schemas["Preferences"];
export type Me = Schemas["Me"];
export type Session = Schemas["Session"];
export type Colleague = Schemas["Colleague"];
export type Counts = Schemas["Counts"];

export type Mood = Schemas["Mood"];
export type Row = Schemas["Row"];
/** A row as the socket sends it: without what differs per person. */
export type PublicRow = Omit<Row, "unread" | "draft">;
export interface Page<Item> { results: Item[]; next: string | null }

export type Attachment = Schemas["Attachment"];
export type Participant = Schemas["Participant"];
export type TicketClock = Schemas["TicketClock"];
export type Escalation = Schemas["TicketEscalation"];
export type TicketPromise = Schemas["TicketPromise"];
export type Promised = Schemas["Promised"];
export type PromiseTime = Schemas["PromiseTime"];
export type PromiseTimes = Schemas["PromiseTimes"];
export type Checked = Schemas["ReplyChecked"];
export type Finding = Schemas["Finding"];
export type HeardAnswered = Schemas["HeardAnswered"];
export type Draft = Schemas["Draft"];
export type Pending = Schemas["Pending"];
export type Ticket = Schemas["Ticket"];

export type Entry = Schemas["Entry"];
export type SignalKind = Schemas["SignalKind"];
export type MessageEntry = Schemas["MessageEntry"];
export type NoteEntry = Schemas["NoteEntry"];
export type EventEntry = Schemas["EventEntry"];
export type Delivery = Schemas["Delivery"];

export type Template = Schemas["Guide"];
export type Slot = Schemas["Slot"];
export type TroubledDelivery = Schemas["TroubledDelivery"];
export type HeldMail = Schemas["HeldMail"];
