/** The people and tickets of the tests. */
import type { Entry, EventEntry, MessageEntry, NoteEntry, Row } from "@/api/types";

export const ANA = { id: 1, name: "Ana Lima", initials: "AL", role: "agent" as const };
export const LEE = { id: 2, name: "Lee Okafor", initials: "LO", role: "supervisor" as const };

export function row(number: number, change: Partial<Row> = {}): Row {
  return {
    number, subject: "Pole snapped on night one", state: "open", priority: "normal", channel: "email", version: 1,
    customer: { id: 9, name: "Nora Whitcombe" }, team: { id: 3, name: "Gear and repairs" }, assignee: null,
    mood: { label: "unhappy", unhappy: 0.8, words: [] }, last: { by: "customer", name: "Nora", text: "Hello", at: null },
    waiting_since: null, clock: null, risk: 0, reasons: [], level: 0, mending: null, unread: false, draft: false,
    updated_at: "2026-05-11T08:00:00Z", created_at: "2026-05-01T08:00:00Z", ...change,
  };
}

const nora = { kind: "customer" as const, name: "Nora Whitcombe", initials: "NW", id: 9 };
const agent = (person: typeof ANA | typeof LEE) => ({ kind: "agent" as const, name: person.name, initials: person.initials, id: person.id });

export function message(version: number, by: "nora" | "ana" | "lee" = "nora", change: Partial<MessageEntry> = {}): Entry {
  const speakers = { nora, ana: agent(ANA), lee: agent(LEE) };
  return {
    kind: "message", id: version, version, at: "2026-05-11T08:00:00Z", by: speakers[by], channel: "email", text: `Words ${version}`,
    html: false, quoted: false, full_text: null, attachments: [], mood: null, heard: [], signals: [], misheard: 0, deliveries: [], raw: null,
    warning: null, seal: null, automatic: false, to: [], cc: [], overrides: [], ...change,
  };
}

export function note(version: number): NoteEntry {
  return { kind: "note", id: version, version, at: "2026-05-11T08:00:00Z", by: agent(LEE), text: "Offer the tent", mentions: [], attachments: [] };
}

export function event(version: number): EventEntry {
  return { kind: "event", version, at: "2026-05-11T08:00:00Z", event: "assigned", by: agent(LEE), words: "Lee gave it to Ana", quote: "", delivery: null };
}
