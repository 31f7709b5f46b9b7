/** The shapes that the server speaks. */
export type State = "new" | "open" | "waiting_on_customer" | "on_hold" | "resolved" | "closed" | "merged" | "spam";
export type Priority = "low" | "normal" | "high" | "urgent";
export type Permission =
  | "reply" | "note" | "assign" | "move" | "priority" | "escalate" | "acknowledge" | "extend" | "spam" | "subject";
export type Doing = "viewing" | "writing";

export interface Person { id: number; name: string; initials: string; role: string }
export interface Team { id: number; name: string; slug: string }
export interface Named { id: number; name: string }
export interface Preferences { theme?: "system" | "light" | "dark"; density?: "compact" | "comfortable"; folded?: string[] }

export interface Me extends Person {
  email: string;
  status: "here" | "away" | "off";
  teams: Team[];
  permissions: string[];
  preferences: Preferences;
}
export interface Session { csrf: string; agent: Me | null }
export interface Colleague extends Person { status: string; here: boolean; teams: number[] }
export interface TeamCount extends Named { open: number; oldest_waiting_since: string | null }
export interface Counts {
  views: Record<string, number>;
  teams: TeamCount[];
  trouble: { quarantine: number; undelivered: number };
}

export interface Mood { label: string; unhappy: number | null; words: string[] }
export interface NextClock { label: string; warn_at: string | null; due_at: string }
export interface Mending { steps: string[]; of: number }

/** A row as the socket sends it: without what differs per person. */
export interface PublicRow {
  number: number;
  subject: string;
  state: State;
  priority: Priority;
  channel: string;
  version: number;
  customer: Named;
  team: Named;
  assignee: Person | null;
  mood: Mood;
  last: { by: string; name: string; text: string; at: string | null };
  waiting_since: string | null;
  clock: NextClock | null;
  risk: number;
  reasons: string[];
  level: number;
  mending: Mending | null;
  updated_at: string;
  created_at: string;
}
export interface Row extends PublicRow { unread: boolean; draft: boolean }
export interface Page<Item> { results: Item[]; next: string | null }

export interface Attachment { id: number; filename: string; content_type: string; size: number; url: string; image: boolean }
export interface Participant { id: number; name: string; email: string; role: string; undeliverable: boolean }
export interface PastTicket { number: number; subject: string; state: State; created_at: string }
export interface Customer extends Named {
  emails: Array<{ email: string; undeliverable: boolean }>;
  since: string;
  tickets: PastTicket[];
}
export interface TicketClock {
  id: number;
  kind: string;
  label: string;
  started_at: string;
  warn_at: string | null;
  due_at: string;
  paused: boolean;
  stopped_at: string | null;
  explained: string;
}
export interface Escalation {
  id: number;
  level: number;
  reason: string;
  raised_at: string;
  acknowledged_by: string | null;
  next_level_at: string | null;
}
export interface MoodPoint { at: string; unhappy: number; label: string; message: number }
export interface Section { key: string; title: string; items: Array<{ label: string; text?: string; at?: string | null; level?: string }> }
export interface Draft {
  text: string;
  to: string[];
  cc: string[];
  template: string | null;
  files: Attachment[];
  kind: "reply" | "note";
  updated_at: string;
}
export interface Pending { id: number; text: string; release_at: string; then: State | null; by: Person }

export interface Ticket extends Omit<Row, "customer" | "draft"> {
  customer: Customer;
  allowed_moves: State[];
  permissions: Permission[];
  participants: Participant[];
  desired_outcome: string;
  clocks: TicketClock[];
  escalation: Escalation | null;
  follow_up: { label: string; at: string | null } | null;
  mood_history: MoodPoint[];
  previous: number | null;
  wake_at: string | null;
  sections: Section[];
  draft: Draft | null;
  pending: Pending | null;
  read_version: number;
}

export interface Speaker { kind: "customer" | "agent" | "system" | "rule" | "clock"; name: string; initials?: string; id?: number | null }
export interface Heard { text: string; start: number; end: number; kind: string }
export interface Delivery { id: number; recipient: string; state: string; answer: string; at: string }
export interface MessageEntry {
  kind: "message";
  id: number;
  version: number;
  at: string;
  by: Speaker;
  channel: string;
  text: string;
  html: boolean;
  quoted: boolean;
  full_text: string | null;
  attachments: Attachment[];
  mood: Mood | null;
  heard: Heard[];
  deliveries: Delivery[];
  raw: string | null;
  warning: string | null;
  automatic: boolean;
  to: string[];
  cc: string[];
}
export interface NoteEntry {
  kind: "note";
  id: number;
  version: number;
  at: string;
  by: Speaker;
  text: string;
  mentions: Person[];
  attachments: Attachment[];
}
export interface EventEntry { kind: "event"; version: number; at: string; event: string; by: Speaker; words: string }
export type Entry = MessageEntry | NoteEntry | EventEntry;

export interface Slot { name: string; label: string; value: string | null; filled: boolean }
export interface Template {
  key: string;
  title: string;
  situation: string;
  stage: string;
  text: string;
  slots: Slot[];
  variant: number;
  variants: number;
  suggested: boolean;
  why: string;
}

export interface TroubledDelivery {
  id: number;
  ticket: number;
  recipient: string;
  state: string;
  answer: string;
  attempts: number;
  subject: string;
  at: string;
}
export interface HeldMail {
  id: number;
  from: string;
  subject: string;
  received_at: string;
  reason: string;
  excerpt: string;
  mailbox: string;
  suggested_ticket: number | null;
}
export interface HeldMailDetail extends HeldMail { text: string; headers: Record<string, string> | Array<[string, string]>; raw: string }
