/** A mailbox while it is being changed, and what is said of how it does. Pure. */
import type { ImapChange, Mailbox, MailboxChange } from "@/api/mailboxes";
import { span, waited } from "@/ui/when";

export type Imap = Required<ImapChange>;
/** `imap` stays typed while `fetches` is off, so that changing one's mind loses nothing. */
export interface Editing {
  address: string;
  sender_name: string;
  team: number;
  takes_web_forms: boolean;
  fetches: boolean;
  imap: Imap;
}

export const PORTS: Readonly<Record<Imap["security"], number>> = { tls: 993, starttls: 143, none: 143 };

const NEW: Imap = {
  host: "", port: PORTS.tls, security: "tls", user: "", sign_in: "password", secret: "", token_url: "", client_id: "", client_secret: "",
  folder: "INBOX", processed_folder: "Processed", quarantine_folder: "Quarantine", is_on: true,
};

export function editing(mailbox: Mailbox | null, firstTeam: number): Editing {
  if (!mailbox) return { address: "", sender_name: "", team: firstTeam, takes_web_forms: false, fetches: true, imap: { ...NEW } };
  const { address, sender_name, team, takes_web_forms, imap } = mailbox;
  return { address, sender_name, team: team.id, takes_web_forms, fetches: imap !== null, imap: { ...NEW, user: imap ? "" : address, ...known(imap) } };
}

function known(imap: Mailbox["imap"]): Partial<Imap> {
  if (!imap) return {};
  return Object.fromEntries(Object.entries(imap).filter(([name]) => name in NEW));
}

export function asChange({ address, sender_name, team, takes_web_forms, fetches, imap }: Editing): MailboxChange {
  return { address, sender_name, team, takes_web_forms, imap: fetches ? imap : null };
}

/** With another security goes its usual port, unless one of one's own was typed. */
export function secured(imap: Imap, security: Imap["security"]): Imap {
  const usual = imap.port === PORTS[imap.security];
  return { ...imap, security, port: usual ? PORTS[security] : imap.port };
}

export interface Standing {
  strain: "calm" | "strained" | "broken" | "quiet";
  icon: string;
  words: string;
}

const LATE = 5 * 60_000;

/** How a mailbox stands at a glance; `now` in milliseconds. */
export function standing({ imap }: Mailbox, now: number): Standing {
  if (!imap) return { strain: "quiet", icon: "inbox", words: "Its mail is brought by SMTP, a pipe or a provider" };
  if (!imap.is_on) return { strain: "quiet", icon: "hold", words: "Switched off, its mail stays where it is" };
  if (imap.failing_since) return { strain: "broken", icon: "missed", words: `Cannot be read since ${waited(imap.failing_since, now)}` };
  if (!imap.fetched_at) return { strain: "quiet", icon: "wait", words: "Not looked into yet" };
  const since = now - Date.parse(imap.fetched_at);
  if (since > LATE) return { strain: "strained", icon: "strained", words: `Last looked into ${span(since)} ago` };
  return { strain: imap.trouble ? "strained" : "calm", icon: imap.trouble ? "strained" : "done", words: `Looked into ${span(since)} ago` };
}
