/** Why a ticket breaks next, as a sentence in pieces; what carries the weight is strong. Pure. */
import type { Risky } from "@/api/floor";

export interface Piece {
  readonly text: string;
  readonly strong?: boolean;
}

type Told = Pick<Risky, "reasons" | "last" | "assignee" | "mood" | "escalation">;

/** The reasons, or else why it was raised; that nobody has it, and the customer's own words: all of the last ones, else those of their mood. */
export function why({ reasons, last, assignee, mood, escalation }: Told): Piece[] {
  const [first, ...rest] = reasons.length > 0 || !escalation ? reasons : [escalation.reason.split(". ")[0] ?? ""];
  const said = last.by === "customer" && last.text ? `“${quoted(last.text, mood.words)}”` : mood.words.map((word) => `“${word}”`).join(", ");
  const pieces: Piece[] = first ? [{ text: capital(first), strong: true }, { text: `${rest.map((reason) => `, ${reason}`).join("")}. ` }] : [];
  if (!assignee) pieces.push({ text: "Nobody has it.", strong: true }, { text: " " });
  return said ? [...pieces, { text: said }] : pieces;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const SENTENCE = /[^.!?…]+[.!?…]*\s*/g;
const LONGEST = 110;

/** The customer's words from the sentence that weighs most: the first that holds one of the words of their mood. */
export function quoted(text: string, words: readonly string[]): string {
  const sentences = text.match(SENTENCE) ?? [text];
  const heavy = sentences.findIndex((sentence) => words.some((word) => sentence.includes(word)));
  const said = sentences.slice(Math.max(0, heavy)).join("").trim();
  if (said.length <= LONGEST) return said;
  const cut = said.slice(0, LONGEST);
  const word = cut.lastIndexOf(" ");
  return `${(word > LONGEST / 2 ? cut.slice(0, word) : cut).replace(/[\s,;:.]+$/, "")}…`;
}
