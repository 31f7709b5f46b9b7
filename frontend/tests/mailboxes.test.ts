import { describe, expect, it } from "vitest";
import type { Mailbox } from "@/api/mailboxes";
import { asChange, editing, secured, standing } from "@/mailboxes/editing";

const NOW = Date.parse("2026-05-11T10:00:00Z");
const imap = {
  host: "imap.example.com", port: 993, security: "tls", user: "support", sign_in: "password", token_url: "", client_id: "", folder: "INBOX",
  processed_folder: "Processed", quarantine_folder: "Quarantine", is_on: true, has_client_secret: false, activated_at: "2026-05-01T10:00:00Z",
  fetched_at: "2026-05-11T09:59:48Z", fetched: 4, stored: 3, duplicates: 1, too_large: 0, unreadable: 0, failing_since: null, trouble: "", advice: "",
} as const;
const figures = { came: 3, imported: 0, tickets: 3, replies: 0, ignored: 0, held: 0, waiting: 0, oldest_waiting_since: null, last_received_at: null };
const mailbox = (change: Partial<NonNullable<Mailbox["imap"]>> | null = {}): Mailbox => ({
  id: 1, name: "support", address: "support@kintsugi.example", sender_name: "Fernhill", team: { id: 2, name: "Deliveries" }, takes_web_forms: true, figures,
  imap: change && { ...imap, ...change },
});

describe("a mailbox that is changed", () => {
  it("goes back as it was, its secret empty so that the one that is there is kept", () => {
    const { imap: sent, ...rest } = asChange(editing(mailbox(), 9));
    expect(rest).toEqual({ address: "support@kintsugi.example", sender_name: "Fernhill", team: 2, takes_web_forms: true });
    expect(sent).toEqual({ ...sent, host: "imap.example.com", secret: "", client_secret: "" });
    expect(Object.keys(sent ?? {})).not.toContain("fetched");
  });

  it("is fetched from nowhere once that is switched off, and what was typed stays", () => {
    const typed = { ...editing(mailbox(), 9), fetches: false };
    expect(asChange(typed).imap).toBeNull();
    expect(typed.imap.host).toBe("imap.example.com");
  });

  it("begins in the first team, fetched from INBOX over TLS", () => {
    const fresh = editing(null, 9);
    expect([fresh.team, fresh.fetches, fresh.imap.folder, fresh.imap.port]).toEqual([9, true, "INBOX", 993]);
  });

  it("follows the encryption with its usual port, and keeps one of one’s own", () => {
    const { imap: typed } = editing(null, 9);
    expect(secured(typed, "starttls").port).toBe(143);
    expect(secured({ ...typed, port: 8143 }, "none").port).toBe(8143);
  });
});

describe("how a mailbox stands", () => {
  it.each([
    [mailbox(), "calm", "Looked into 12 s ago"],
    [mailbox(null), "quiet", "Its mail is brought by SMTP, a pipe or a provider"],
    [mailbox({ is_on: false }), "quiet", "Switched off, its mail stays where it is"],
    [mailbox({ fetched_at: null }), "quiet", "Not looked into yet"],
    [mailbox({ fetched_at: "2026-05-11T09:30:00Z" }), "strained", "Last looked into 30 min ago"],
    [mailbox({ trouble: "Mail cannot be moved." }), "strained", "Looked into 12 s ago"],
    [mailbox({ failing_since: "2026-05-11T09:20:00Z" }), "broken", "Cannot be read since 40 min"],
  ])("is said in words", (box, strain, words) => {
    expect(standing(box, NOW)).toMatchObject({ strain, words });
  });
});
