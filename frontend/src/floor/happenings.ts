/** The stream: the picture of each fact, its pieces, what is told of it, and which groups it belongs to. Pure. */
import type { Happening, Told } from "@/api/floor";
import { clockTime, daysAway } from "@/ui/when";

export type Group = "all" | "urgent" | "customers" | "ours";

const URGENT = new Set(["escalated", "clock_warned", "clock_missed", "mail_troubled", "said_not_settled", "rated_low", "reopened"]);
const CUSTOMERS = new Set(["received", "customer_wrote", "said_settled", "said_not_settled", "rated", "rated_low", "automatic_mail"]);

const NOBODYS = new Set(["clock_warned", "escalated"]); // facts of clocks and rules, whose names begin the words

const ICONS: Record<string, string> = {
  received: "form", opened_by_agent: "phone", customer_wrote: "mail", automatic_mail: "inbox", imported: "inbox", replied: "send", noted: "note",
  reply_undone: "undo", reply_returned: "undo", assigned: "person", moved: "people", prioritised: "sort", renamed: "pen",
  resolved: "done", reopened: "ours", closed: "closed", woken: "wait", marked_spam: "spam", unmarked_spam: "undo",
  escalated: "raise", acknowledged: "eye", clock_warned: "strained", clock_missed: "broken", clock_extended: "calm",
  asked_if_settled: "mail", said_settled: "done", said_not_settled: "missed", rated: "star", rated_low: "face-unhappy", link_renewed: "lock", mail_troubled: "missed",
};
const STRAIN: Record<string, "calm" | "strained" | "broken"> = {
  said_settled: "calm", resolved: "calm", escalated: "broken", clock_missed: "broken", mail_troubled: "broken",
  said_not_settled: "broken", rated_low: "broken", clock_warned: "strained",
};

export function happeningIcon(kind: string): string {
  return ICONS[kind] ?? "new";
}

export function happeningStrain(kind: string): string | undefined {
  return STRAIN[kind] && `is-${STRAIN[kind]}`;
}

export function inGroup({ kind }: Pick<Told, "kind">, group: Group): boolean {
  if (group === "urgent") return URGENT.has(kind);
  if (group === "customers") return CUSTOMERS.has(kind);
  return group === "all" || !(URGENT.has(kind) || CUSTOMERS.has(kind));
}

export interface Parts {
  /** Who acted, when the words begin with them. */
  readonly by: string;
  readonly did: string;
  /** Whose ticket, where the words do not say so already. */
  readonly of: string;
}

/** Only the first sentence: an escalation's reason repeats those of the levels below it. */
export function parts({ kind, by, words, customer }: Pick<Happening, "kind" | "by" | "words" | "customer">): Parts {
  const acted = by !== "" && words.startsWith(`${by} `) && !NOBODYS.has(kind);
  const said = (acted ? words.slice(by.length) : words).split(/(?<=[a-z])\. (?=[A-Z])/)[0] ?? "";
  return { by: acted ? by : "", did: said, of: words.includes(customer) ? "" : customer };
}

/** "09:45" today, the weekday before. */
export function stamp(iso: string, now: number): string {
  const at = Date.parse(iso);
  return daysAway(at, now) === 0 ? clockTime(at) : new Intl.DateTimeFormat("en-GB", { weekday: "short" }).format(at);
}

/** The escalations that `after` tells of and `before` did not, the oldest first, as sentences to be spoken. */
export function newlyRaised(before: readonly Told[], after: readonly Told[]): string[] {
  const known = new Set(before.map(({ number, version }) => `${number} ${version}`));
  const raised = after.filter(({ kind, number, version }) => kind === "escalated" && !known.has(`${number} ${version}`));
  return raised.reverse().map((told) => `${told.customer}: ${parts(told).did}.`);
}
