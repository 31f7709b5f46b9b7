/** What a sentence promises, as far as it can be guessed from its words before the caret. Pure. */
import type { Finding } from "@/api/types";

const OPENING = /^(?:(?:so|and|then|now|also)\s+)?(?:I|we)(?:\s+will|\s+shall|[’']ll)\s+/i;
const VAGUE = /\s+(?:as soon as (?:possible|we can|I can)|asap|soon|shortly|quickly|in due course)$/i;
/** Words in whose place a time goes, and promises behind whose sentence it goes. */
const TIMES: ReadonlySet<string> = new Set(["promise.vague", "promise.relative", "promise.bad-date"]);
const UNDATED: ReadonlySet<string> = new Set(["promise.no-date", "promise.hedged"]);
/** A last line of one to three words with capitals, after an empty one: Ana Lima. */
const SIGNED = /\n\s*\n\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,2}\s*$/u;
const LONGEST = 120;
const MOST = 200; // characters of what is promised

/** A promise and the words that say when as one sentence, which may hold them already; and what it promises, in brief. */
export function promised(typed: string, when: string): { sentence: string; what: string } {
  const begun = typed.trim().replace(/[.\s]+$/, "");
  const at = begun.indexOf(when);
  const what = at < 0 ? begun : begun.slice(0, at).trim();
  return { sentence: at < 0 ? `${begun} ${when}.` : `${begun}.`, what: (guessed(what, what.length) || begun).slice(0, MOST) };
}

/** Where the picked time goes for what a rule found; nothing where no time would mend it. */
export function whenPlace(text: string, { rule, start, end }: Pick<Finding, "rule" | "start" | "end">): { start: number; end: number } | undefined {
  if (start === null || end === null) return undefined;
  if (TIMES.has(rule)) return { start, end };
  if (!UNDATED.has(rule)) return undefined;
  const rest = /^[^.!?;\n]*/.exec(text.slice(end))?.[0].trimEnd().length ?? 0;
  return { start: end + rest, end: end + rest };
}

/** "I will call you" becomes "Call you"; a sentence with a comma is read from there on. Empty where nothing is begun, and in a name that signs. */
export function guessed(text: string, caret: number): string {
  if (SIGNED.test(text.slice(0, caret)) && !text.slice(caret).trim()) return "";
  const sentence = text.slice(0, caret).split(/[.!?;:\n]/).pop() ?? "";
  const clause = sentence.split(",").pop()?.trim() ?? "";
  const begun = clause.split(/\s+/).length > 1 ? clause : clause && sentence.trim();
  const words = begun.replace(OPENING, "").replace(VAGUE, "").trim();
  return words.length > LONGEST ? "" : words.charAt(0).toUpperCase() + words.slice(1);
}
