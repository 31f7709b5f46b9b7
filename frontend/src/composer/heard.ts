/** What waits for an answer and what the customer said since our last one, for the guide. Pure. */
import type { Checked, Entry, MessageEntry, Ticket } from "@/api/types";
import type { HeardItem } from "./HeardList.vue";

const WORDS: Record<string, string> = { question: "asks", asks: "asks", fact: "says", states: "says", wish: "wants", wants: "wants", outcome: "wants" };
const SAYS = "says";

/** As the check sees it with this draft; before it answered, what the conversation shows, none of it taken up. */
export function heardItems(checked: Checked | null, heard: Ticket["heard"], entries: readonly Entry[]): HeardItem[] {
  const found = checked?.heard ?? shown(heard, entries);
  return found.map(({ message, text, kind, answered }) => ({ text: text.replace(/\s+/g, " "), word: WORDS[kind] ?? SAYS, answered, message, kind, said: text }));
}

function shown(heard: Ticket["heard"], entries: readonly Entry[]): Array<{ message: number; text: string; kind: string; answered: boolean }> {
  const messages = entries.filter((entry): entry is MessageEntry => entry.kind === "message" && !entry.automatic);
  const since = messages.slice(messages.findLastIndex(({ by }) => by.kind === "agent") + 1);
  const open = [...heard.questions, ...heard.wishes].filter(({ message, answered_by: by }) => by === null && since.every(({ id }) => id !== message));
  return [...open, ...since.flatMap(({ id, heard: found }) => found.map((one) => ({ ...one, message: id })))].map(({ message, text, kind }) => ({ message, text, kind, answered: false }));
}
