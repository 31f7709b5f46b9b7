/** Other words for what the check found, by the assistant: asked for one by one, and put in place by a press. */
import { onScopeDispose, reactive } from "vue";
import { rewritePassage } from "@/api/assistant";
import type { CheckBody } from "@/api/checking";
import { sentenceOf } from "@/api/problems";
import type { Ticket } from "@/api/types";
import { placesOf } from "./marks";
import { placeIn } from "./offering";
import { pointedAt } from "./pointing";
import type { Placed } from "./useCheck";

/** `passage` is what `text` may take the place of; `told` is what the check finds in it still, or why there is nothing. */
export interface Rewrite { state: "asked" | "offered" | "refused"; passage: string; text: string; told: string }

const CHANGED = "The text has changed since. Ask again if you like.";

export function useRewriting(props: { ticket: Ticket }, body: () => CheckBody, writer: () => { replace: (from: number, to: number, words: string) => void } | null) {
  const rewrites = reactive(new Map<string, Rewrite>());
  const leaving = new AbortController();
  onScopeDispose(() => leaving.abort());

  const name = ({ rule, start, end }: Placed): string => `${rule} ${body().draft.slice(start ?? 0, end ?? 0)}`;
  const of = (finding: Placed): Rewrite | undefined => rewrites.get(name(finding));

  /** What has no whole rewrite of its own, and is no promise: those get a time from the picker, never one that is made up. */
  const may = ({ start, offers, rule }: Placed): boolean =>
    props.ticket.permissions.includes("assist") && start !== null && offers.every(placeIn) && !rule.startsWith("promise.") && rule !== "ack.placeholder";

  async function ask(finding: Placed): Promise<void> {
    if (!may(finding) || of(finding)?.state === "asked") return;
    const { ticket, ...about } = body();
    const key = name(finding);
    rewrites.set(key, { state: "asked", passage: "", text: "", told: "" });
    try {
      const said = await rewritePassage(ticket, { ...about, rule: finding.rule, start: finding.start ?? 0 }, leaving.signal);
      rewrites.set(key, { state: "offered", passage: about.draft.slice(said.start, said.end), text: said.text, told: pointedAt(said.checked.findings, said.start, said.start + said.text.length).join(" ") });
    } catch (cause) {
      rewrites.set(key, refused(sentenceOf(cause)));
    }
  }

  function use(finding: Placed): void {
    const { passage = "", text = "" } = of(finding) ?? {};
    const at = finding.start ?? 0;
    const place = placesOf(passage, body().draft).find(({ start, end }) => start <= at && at < end);
    rewrites.delete(name(finding));
    if (place) writer()?.replace(place.start, place.end, text);
    else rewrites.set(name(finding), refused(CHANGED));
  }

  return { of, may, ask, use };
}

const refused = (told: string): Rewrite => ({ state: "refused", passage: "", text: "", told });
