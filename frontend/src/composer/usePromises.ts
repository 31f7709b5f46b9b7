/** What the reply promises, and the words in its text that say when: the two stay together, or one is asked about. */
import { computed, ref } from "vue";
import type { Promised, PromiseTime } from "@/api/types";
import { placesOf, spaced } from "./marks";
import type { Typed } from "./useDraft";

interface Writer { selection: () => Place; replace: (from: number, to: number, words: string) => void }
interface Place { start: number; end: number }

export interface Kept extends Promised {
  readonly state: "said" | "unsaid" | "leaving";
}

/** `vague` is a stretch at the caret that promises without a date: the date takes its place. */
export function usePromises(typed: Typed, vague: () => Place | undefined, writer: () => Writer | null) {
  const leaving = ref<string | null>(null);
  const key = ({ what, due_at: due }: Promised): string => `${due} ${what}`;
  const isSaid = ({ words }: Promised): boolean => !words || typed.reply.includes(words);

  const list = computed<Kept[]>(() =>
    typed.promises.map((promise) => ({ ...promise, state: leaving.value === key(promise) ? "leaving" : isSaid(promise) ? "said" : "unsaid" })),
  );
  const places = computed(() => typed.promises.flatMap(({ words = "" }) => placesOf(words, typed.reply)));

  function add(what: string, time: PromiseTime): void {
    note(what, time);
    write(time.words);
  }

  /** Keep what stands in the text already. */
  function note(what: string, { at, words }: PromiseTime): void {
    const promise = { what, due_at: at, words };
    if (!typed.promises.some((one) => key(one) === key(promise))) typed.promises = [...typed.promises, promise];
  }

  function write(words = ""): void {
    const chosen = writer()?.selection() ?? { start: typed.reply.length, end: typed.reply.length };
    const { start, end } = chosen.start === chosen.end ? (vague() ?? chosen) : chosen;
    writer()?.replace(start, end, spaced(typed.reply.slice(0, start) + typed.reply.slice(end), start, words));
  }

  function drop(promise: Promised): void {
    typed.promises = typed.promises.filter((one) => key(one) !== key(promise));
    leaving.value = null;
  }

  /** Take it back: at once where the text no longer says it, else one is asked about its words. */
  function remove(promise: Promised): void {
    if (promise.words && isSaid(promise)) leaving.value = key(promise);
    else drop(promise);
  }

  function removeWithWords(promise: Promised): void {
    for (const { start, end } of placesOf(promise.words ?? "", typed.reply).reverse()) {
      const blank = /\s/.test(typed.reply.charAt(start - 1)) ? 1 : 0;
      writer()?.replace(start - blank, end, "");
    }
    drop(promise);
  }

  const stay = (): void => void (leaving.value = null);
  return { list, places, add, note, write, remove, drop, removeWithWords, stay };
}
