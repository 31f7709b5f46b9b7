/** Why a ticket breaks next, as a sentence in pieces; what carries the weight is strong. Pure. */
import type { Risky } from "@/api/floor";

export interface Piece {
  readonly text: string;
  readonly strong?: boolean;
}

type Told = Pick<Risky, "reasons" | "last" | "assignee" | "mood">;

export function why({ reasons, last, assignee, mood }: Told): Piece[] {
  const [first, ...rest] = reasons;
  const pieces: Piece[] = first ? [{ text: capital(first), strong: true }, { text: `${rest.map((reason) => `, ${reason}`).join("")}.` }] : [];
  if (last.by === "customer" && last.text) pieces.push({ text: `${pieces.length > 0 ? " " : ""}“${quoted(last.text, mood.words)}”` });
  if (!assignee) pieces.push({ text: " " }, { text: "Nobody has it.", strong: true });
  return pieces;
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
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), LONGEST / 2)).replace(/[\s,;:.]+$/, "")}…`;
}
