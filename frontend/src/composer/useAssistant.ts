/** The assistant at the composer: asked by a button or a key, and its words are only put where a person puts them. */
import type { CheckBody } from "@/api/checking";
import type { Ticket } from "@/api/types";
import type { Typed } from "./useDraft";
import type { useMending } from "./useMending";
import { useRewriting } from "./useRewriting";
import { useSuggestion } from "./useSuggestion";

interface Writing {
  write: (kind: "reply") => Promise<void>;
  body: () => CheckBody;
  mending: ReturnType<typeof useMending>;
  writer: () => { replace: (from: number, to: number, words: string) => void; focus: () => void } | null;
}

export function useAssistant(props: { ticket: Ticket }, typed: Typed, { write, body, mending, writer }: Writing) {
  const suggestion = useSuggestion(props, typed);
  const rewriting = useRewriting(props, body, writer);

  function suggest(): void {
    if (suggestion.isOn.value && typed.kind === "reply") void write("reply").then(suggestion.ask);
  }

  function take(): void {
    writer()?.replace(typed.reply.length, typed.reply.length, `\n\n${suggestion.words.value}`);
    suggestion.leave();
  }

  function leave(): void {
    suggestion.leave();
    writer()?.focus();
  }

  /** The assistant's words for what is at the caret, once they are there; else the check's own. */
  function mendHere(): void {
    const here = mending.here.value;
    if (here && rewriting.of(here)?.state === "offered") rewriting.use(here);
    else mending.mendHere();
  }

  function rewriteHere(): void {
    if (mending.here.value) void rewriting.ask(mending.here.value);
  }

  return { ...suggestion, rewriting, suggest, take, leave, stop: suggestion.leave, mendHere, rewriteHere };
}
