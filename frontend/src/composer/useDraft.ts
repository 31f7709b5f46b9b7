/** The draft of one ticket: typed here, kept in the browser at once and on the server a moment later. */
import { useQueryClient } from "@tanstack/vue-query";
import { computed, onScopeDispose, reactive, ref, watch } from "vue";
import { keys } from "@/api/keys";
import { dropDraft, type DraftBody, saveDraft } from "@/api/replies";
import type { Attachment, Draft, Promised, Ticket } from "@/api/types";
import { clockTime } from "@/ui/when";
import { dropLocal, keepLocal, readLocal } from "./local";

export type Kind = "reply" | "note";
export interface Typed {
  kind: Kind;
  reply: string;
  note: string;
  to: string[];
  cc: string[];
  template: string | null;
  variant: number | null;
  files: Attachment[];
  promises: Promised[];
  /** Why an error that the check finds may stand, by its rule. */
  overrides: Record<string, string>;
}
const PAUSE = 600;
const RETRY = 5_000;

export function useDraft(props: { ticket: Ticket }) {
  const client = useQueryClient();
  const { ticket } = props;
  const { number } = ticket;
  const typed: Typed = reactive(start(ticket));
  const kept = ref<{ state: "kept" | "saving" | "unsaved"; at: number } | null>(
    ticket.draft ? { state: "kept", at: Date.parse(ticket.draft.updated_at) } : null,
  );
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> | null = null;
  let changed = false;
  const content = (): string => JSON.stringify(typed);
  // What was sent or given back was not typed: to keep it would overwrite, or drop, a draft that the server has.
  let settled = content();

  const text = computed({ get: () => typed[typed.kind], set: (words: string) => (typed[typed.kind] = words) });
  const body = (): DraftBody => ({
    text: typed[typed.kind], to: typed.to, cc: typed.cc, template: typed.template, promises: typed.promises, overrides: reasons(typed), kind: typed.kind,
  });

  const local = (at: number, unsaved: boolean) => ({
    reply: typed.reply, note: typed.note, kind: typed.kind, promises: typed.promises, overrides: typed.overrides, at, unsaved,
  });

  /** Keep what is typed: here at once, on the server after a pause. */
  function later(pause = PAUSE): void {
    changed = true;
    keepLocal(number, local(Date.now(), true));
    clearTimeout(waiting);
    waiting = setTimeout(() => void save(), pause);
  }

  function save(): Promise<void> {
    if (!changed) return Promise.resolve();
    saving ??= saveNow().finally(() => {
      saving = null;
      if (changed && kept.value?.state !== "unsaved") later();
    });
    return saving;
  }

  async function saveNow(): Promise<void> {
    changed = false;
    const at = Date.now();
    kept.value = { state: "saving", at };
    try {
      const draft = await put();
      kept.value = draft ? { state: "kept", at } : null;
      if (!changed) keepLocal(number, local(at, false));
      client.setQueryData<Ticket>(keys.ticket(number), (now) => now && { ...now, draft });
    } catch {
      kept.value = { state: "unsaved", at };
      later(RETRY);
    }
  }

  /** Stop keeping, and wait for what is on its way: a late save must not bring back what was sent. */
  async function settle(): Promise<void> {
    clearTimeout(waiting);
    await saving;
    clearTimeout(waiting);
  }

  async function put(): Promise<Draft | null> {
    const now = body();
    if (now.text.trim() || typed.files.length > 0) return saveDraft(number, now);
    await dropDraft(number);
    return null;
  }

  /** It was sent: nothing of it is a draft any more. */
  function clear(): void {
    clearTimeout(waiting);
    changed = false;
    const promised = typed.kind === "reply" ? { promises: [], overrides: {} } : {};
    Object.assign(typed, { [typed.kind]: "", template: null, variant: null, files: [], ...promised });
    kept.value = null;
    dropLocal(number);
    keepLocal(number, local(Date.now(), false));
    settled = content();
  }

  function restore(draft: Draft): void {
    Object.assign(typed, fromDraft(draft), { [draft.kind]: draft.text });
    settled = content();
    kept.value = { state: "kept", at: Date.parse(draft.updated_at) };
  }

  watch(content, (now) => {
    if (now !== settled) later();
  });
  // A draft that appears while nothing is typed here comes from another device, or is a reply that was given back.
  watch(
    () => props.ticket.draft,
    (draft) => {
      if (draft?.text && !typed[draft.kind].trim() && !changed && !saving) restore(draft);
    },
  );
  onScopeDispose(() => {
    clearTimeout(waiting);
    if (changed) void save();
  });

  const keptWords = computed(() => {
    if (!kept.value) return "";
    if (kept.value.state === "unsaved") return "Not on the server yet, kept in this browser";
    return kept.value.state === "saving" ? "keeping" : `kept ${clockTime(kept.value.at)}`;
  });

  return { typed, text, kept, keptWords, clear, settle, keep: later };
}

/** The reasons for which errors may stand, as the server takes them. */
export const reasons = ({ overrides }: Typed): Draft["overrides"] => Object.entries(overrides).map(([rule, reason]) => ({ rule, reason }));

function fromDraft({ kind, to, cc, template, files, promises, overrides }: Draft) {
  return { kind, to, cc, template, files, promises, overrides: Object.fromEntries(overrides.map(({ rule, reason }) => [rule, reason])) };
}

/** The server's draft, or what this browser kept if that is newer. */
function start(ticket: Ticket): Typed {
  const to = ticket.participants.filter(({ role, undeliverable }) => role === "customer" && !undeliverable).map(({ answered_at }) => answered_at);
  const cc = ticket.participants.filter(({ role }) => role === "cc").map(({ email }) => email);
  const blank: Typed = { kind: "reply", reply: "", note: "", to, cc, template: null, variant: null, files: [], promises: [], overrides: {} };
  const { draft } = ticket;
  const local = readLocal(ticket.number);
  const begun: Typed = draft ? { ...blank, ...fromDraft(draft), to: draft.to.length > 0 ? draft.to : to, [draft.kind]: draft.text } : blank;
  if (!local) return begun;
  const { reply, note, kind, promises = [], overrides = {} } = local;
  if (local.unsaved && local.at > Date.parse(draft?.updated_at ?? "1970-01-01")) return { ...begun, reply, note, kind, promises, overrides };
  const other: Kind = begun.kind === "reply" ? "note" : "reply";
  return { ...begun, [other]: local[other] };
}
