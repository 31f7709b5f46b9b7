/** The marks in the text and the mending of what they point at. */
import { computed, type Ref } from "vue";
import type { Mark } from "./marks";
import { placeIn } from "./offering";
import { whenPlace } from "./promising";
import { parts } from "./slots";
import type { Placed } from "./useCheck";
import type { Typed } from "./useDraft";

interface Writer { select: (from: number, to: number) => void; replace: (from: number, to: number, words: string) => void }
type Place = { start: number; end: number };

const hasPlace = (finding: Placed): finding is Placed & Place => finding.start !== null && finding.end !== null;

export function useMending(typed: Typed, caret: Ref<number>, findings: Ref<Placed[]>, dates: () => Place[], writer: () => Writer | null, fill: (place: string) => void) {
  const stands = ({ rule }: Placed): boolean => typed.overrides[rule] !== undefined;
  const placed = computed(() => findings.value.filter(hasPlace).filter((finding) => !stands(finding)).sort((a, b) => a.start - b.start));
  const here = computed(() => placed.value.find(({ start, end }) => start <= caret.value && caret.value <= end));

  const marks = computed<Mark[]>(() => {
    if (typed.kind === "note") return [];
    const found = placed.value.map(({ id, start, end, level }) => ({ start, end, kind: level, here: id === here.value?.id }));
    return [...dates().map((date) => ({ ...date, kind: "date" as const })), ...slots(typed.reply), ...found];
  });

  /** What is left open in the words is asked for next. */
  function mend({ offersAt }: Placed, words: string): void {
    if (!offersAt) return;
    writer()?.replace(offersAt.start, offersAt.end, words);
    const open = placeIn(words);
    if (open) fill(open);
  }

  function show({ start, end }: Place): void {
    writer()?.select(start, end);
  }

  /** Mend what the caret stands in, by the first words offered; else go on to the next finding. */
  function mendHere(): void {
    const [offer] = here.value?.offers ?? [];
    const next = placed.value.find(({ start }) => start > caret.value) ?? placed.value[0];
    if (here.value && offer !== undefined) mend(here.value, offer);
    else if (next) show(next);
  }

  /** Where the time goes of what promises at the caret without saying when. */
  const vague = (): Place | undefined => (here.value ? whenPlace(typed.reply, here.value) : undefined);

  function keep(rule: string, reason: string): void {
    const { [rule]: _, ...others } = typed.overrides;
    typed.overrides = reason ? { ...others, [rule]: reason } : others;
  }

  return { marks, here, vague, mend, show, mendHere, keep };
}

function slots(text: string): Mark[] {
  let at = 0;
  return parts(text).flatMap(({ text: words, slot }) => {
    const start = at;
    at += words.length;
    return slot ? [{ start, end: at, kind: "slot" as const }] : [];
  });
}
