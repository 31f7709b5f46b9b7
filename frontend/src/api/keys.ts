/** The names under which answers are cached: whoever asks and whoever refreshes uses these. */
import type { CheckBody } from "./checking";
import type { Place, Words } from "./letters";
import type { Content, Shelf } from "./library";
import type { RulePlace } from "./rules";
import type { ListFilter } from "./tickets";

export const keys = {
  session: ["session"] as const,
  counts: ["counts"] as const,
  agents: ["agents"] as const,
  teams: ["teams"] as const,
  signals: ["signals"] as const,
  lists: ["tickets"] as const,
  list: (filter: ListFilter) => ["tickets", filter] as const,
  ticket: (number: number) => ["ticket", number] as const,
  timeline: (number: number) => ["timeline", number] as const,
  templates: (number: number) => ["templates", number] as const,
  promiseTimes: (number: number, at: string | null) => ["promise-times", number, at] as const,
  replyCheck: (body: CheckBody, version: number) => ["reply-check", body, version] as const,
  quarantine: ["quarantine"] as const,
  heldMail: (id: number) => ["quarantine", id] as const,
  deliveries: ["deliveries"] as const,
  mailboxes: ["mailboxes"] as const,
  unreadMailboxes: ["unread-mailboxes"] as const,
  floor: ["floor"] as const,
  policies: ["policies"] as const,
  allRules: ["reply-rules"] as const,
  rules: (place: RulePlace) => ["reply-rules", place.locale, place.team] as const,
  library: ["template-library"] as const,
  template: (id: number) => ["template-library", id] as const,
  formerTemplate: (id: number, version: number) => ["former-template", id, version] as const,
  templateTrial: (shelf: Shelf, content: Content) => ["template-trial", shelf, content] as const,
  letters: ["letters"] as const,
  letter: (place: Place) => ["letters", place.key, place.locale, place.team] as const,
  letterPreview: (place: Place, words: Words) => ["letter-preview", place.key, place.locale, words] as const,
};
