/** A draft in the assistant's words: it fills an empty reply, and stands beside one that holds words already. */
import { computed, onScopeDispose, ref, watch } from "vue";
import { type Suggestion, suggestReply } from "@/api/assistant";
import { sentenceOf } from "@/api/problems";
import type { Ticket } from "@/api/types";
import { pointedAt } from "./pointing";
import type { Typed } from "./useDraft";

/** `filled`: the reply began with the assistant's words, which a person has yet to read. */
export type Suggesting = "no" | "asked" | "refused" | "offered" | "filled";

export function useSuggestion(props: { ticket: Ticket }, typed: Typed) {
  const isOn = computed(() => props.ticket.permissions.includes("assist"));
  const state = ref<Suggesting>("no");
  /** What is offered, or why there is nothing. */
  const words = ref("");
  /** What the check points at in the words that are offered. */
  const found = ref<string[]>([]);
  let asked: AbortController | null = null;

  async function ask(): Promise<void> {
    if (!isOn.value || state.value === "asked") return;
    const mine = (asked = new AbortController());
    show("asked");
    try {
      const said = await suggestReply(props.ticket.number, typed.template, mine.signal);
      if (!mine.signal.aborted) arrived(said);
    } catch (cause) {
      if (!mine.signal.aborted) show("refused", sentenceOf(cause));
    }
  }

  function arrived({ text, checked }: Suggestion): void {
    found.value = pointedAt(checked.findings, 0, text.length);
    if (typed.reply.trim()) return show("offered", text);
    typed.reply = text;
    show("filled");
  }

  function show(now: Suggesting, text = ""): void {
    state.value = now;
    words.value = text;
  }

  function leave(): void {
    asked?.abort();
    show("no");
  }

  watch(() => typed.reply.trim() === "", (isEmpty) => {
    if (isEmpty && state.value === "filled") show("no");
  });
  onScopeDispose(leave);
  return { isOn, state, words, found, ask, leave };
}
