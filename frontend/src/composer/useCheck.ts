/** The check of what is being written: asked again after every pause, and never waited for. */
import { useQuery } from "@tanstack/vue-query";
import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from "vue";
import { type CheckBody, checkReply } from "@/api/checking";
import { keys } from "@/api/keys";
import type { Then } from "@/api/replies";
import type { Checked, Finding, Ticket } from "@/api/types";
import { moved } from "./marks";
import { offersPlace, type Place } from "./offering";
import type { Typed } from "./useDraft";

const PAUSE = 60; // milliseconds without a key, so that with the way to the server it is within 150
const TRY_AGAIN = 5_000;

/** A finding at its place in the text as it is now; `start` is null where something is missing rather than wrong. */
export type Placed = Finding & { id: string; offersAt: Place | null };

export function useCheck(props: { ticket: Ticket }, typed: Typed, active: Ref<boolean>) {
  /** What should follow the reply, once it was tried to be sent with it: a reply that settles must hold more. */
  const then = ref<Then | null>(null);
  const body = (): CheckBody => ({ ticket: props.ticket.number, draft: typed.reply, promises: typed.promises, template: typed.template, then: then.value });
  const asked = shallowRef(body());
  const last = shallowRef<{ draft: string; checked: Checked } | null>(null);
  let waiting: ReturnType<typeof setTimeout> | undefined;

  watch(() => JSON.stringify(body()), () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (asked.value = body()), PAUSE);
  });
  onScopeDispose(() => clearTimeout(waiting));

  const query = useQuery({
    queryKey: computed(() => keys.replyCheck(asked.value, props.ticket.version)),
    queryFn: ({ queryKey: [, about], signal }) => checkReply(about, signal),
    enabled: active,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchInterval: ({ state }) => (state.status === "error" ? TRY_AGAIN : false),
  });
  watch(query.data, (checked) => {
    if (checked) last.value = { draft: asked.value.draft, checked };
  }, { immediate: true });

  const checked = computed(() => last.value?.checked ?? null);
  const findings = computed<Placed[]>(() => {
    const { draft, checked: found } = last.value ?? {};
    if (draft === undefined || !found || !typed.reply.trim()) return [];
    return found.findings.flatMap((finding, i) => {
      const id = `${finding.rule}.${i}`;
      const at = offersPlace(finding);
      const offersAt = at && moved(at, draft, typed.reply);
      const offers = offersAt ? finding.offers : [];
      if (finding.start === null || finding.end === null) return { ...finding, id, offers, offersAt };
      const place = moved({ start: finding.start, end: finding.end }, draft, typed.reply);
      return place ? { ...finding, ...place, id, offers, offersAt } : [];
    });
  });
  /** Errors that were neither mended nor kept with a reason. */
  const toMend = computed(() => findings.value.filter(({ level, rule }) => level === "error" && !typed.overrides[rule]));
  const away = computed(() => query.isError.value || query.fetchStatus.value === "paused");

  return { body, checked, findings, toMend, away, then };
}
