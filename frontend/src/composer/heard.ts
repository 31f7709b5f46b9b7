/** What the customer said since our last answer, for the guide. Pure. */
import type { Entry, MessageEntry } from "@/api/types";

const WORDS: Record<string, string> = { question: "asks", asks: "asks", fact: "says", states: "says", wish: "wants", wants: "wants", outcome: "wants" };
const SHOWN = 7;

export function lastHeard(entries: readonly Entry[]): Array<{ text: string; word: string }> {
  const messages = entries.filter((entry): entry is MessageEntry => entry.kind === "message" && !entry.automatic);
  const ours = messages.findLastIndex(({ by }) => by.kind === "agent");
  const found = messages.slice(ours + 1).flatMap(({ heard }) => heard);
  return found.slice(0, SHOWN).map(({ text, kind }) => ({ text, word: WORDS[kind] ?? "" }));
}
