/** Where the customer's words go in a reply: into the template's open place for them, else to the caret. Pure. */
import { spaced } from "./marks";

const THEIR_WORDS = "{their_words}";
const PLACE = /\{[a-z][a-z0-9_]*\}/g;

/** The stretch of the text to replace, and with what. */
export function quoted(text: string, caret: number, words: string): { from: number; to: number; words: string } {
  const open = text.indexOf(THEIR_WORDS);
  if (open >= 0) return { from: open, to: open + THEIR_WORDS.length, words };
  const around = [...text.matchAll(PLACE)].find(({ index, 0: place }) => index <= caret && caret <= index + place.length);
  if (around) return { from: around.index, to: around.index + around[0].length, words };
  const at = Math.min(caret, text.length);
  return { from: at, to: at, words: spaced(text, at, `“${words}”`) };
}
