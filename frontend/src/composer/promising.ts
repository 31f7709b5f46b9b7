/** What a sentence promises, as far as it can be guessed from its words before the caret. Pure. */
const OPENING = /^(?:(?:so|and|then|now|also)\s+)?(?:I|we)(?:\s+will|\s+shall|[’']ll)\s+/i;
const VAGUE = /\s+(?:as soon as (?:possible|we can|I can)|asap|soon|shortly|quickly|in due course)$/i;
const LONGEST = 120;

/** "I will call you" becomes "Call you"; a sentence with a comma is read from there on. Empty where nothing is begun. */
export function guessed(text: string, caret: number): string {
  const sentence = text.slice(0, caret).split(/[.!?;:\n]/).pop() ?? "";
  const clause = sentence.split(",").pop()?.trim() ?? "";
  const begun = clause.split(/\s+/).length > 1 ? clause : clause && sentence.trim();
  const words = begun.replace(OPENING, "").replace(VAGUE, "").trim();
  return words.length > LONGEST ? "" : words.charAt(0).toUpperCase() + words.slice(1);
}
