/** What the customer said since our last answer, for the guide. Pure. */
import type { Checked, Entry, MessageEntry } from "@/api/types";
import type { HeardItem } from "./HeardList.vue";

const WORDS: Record<string, string> = { question: "asks", asks: "asks", fact: "says", states: "says", wish: "wants", wants: "wants", outcome: "wants" };
const SAYS = "says";

/** As the check sees it with this draft; before it answered, what the conversation shows, none of it taken up. */
export function heardItems(checked: Checked | null, entries: readonly Entry[]): HeardItem[] {
  const found = checked?.heard ?? lastHeard(entries);
  return found.map(({ text, kind, answered }) => ({ text: text.replace(/\s+/g, " "), word: WORDS[kind] ?? SAYS, answered }));
}

function lastHeard(entries: readonly Entry[]): Array<{ text: string; kind: string; answered: boolean }> {
  const messages = entries.filter((entry): entry is MessageEntry => entry.kind === "message" && !entry.automatic);
  const ours = messages.findLastIndex(({ by }) => by.kind === "agent");
  return messages.slice(ours + 1).flatMap(({ heard }) => heard.map(({ text, kind }) => ({ text, kind, answered: false })));
}
