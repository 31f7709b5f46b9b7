/** What the check points at in a stretch of a text, in words. Pure. */
import type { Finding } from "@/api/types";

/** Open places are told of where they are filled. */
const OPEN_PLACE = "ack.placeholder";

/** Why, each once, for what lies between `from` and `to`; what is missing in the whole lies nowhere. */
export function pointedAt(findings: readonly Finding[], from: number, to: number): string[] {
  const inside = findings.filter(({ rule, start, end }) => rule !== OPEN_PLACE && start !== null && end !== null && start < to && from < end);
  return [...new Set(inside.map(({ message }) => message))];
}
