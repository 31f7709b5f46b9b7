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
const KINDS: readonly Kind[] = ["reply", "note"];
/** Where a ticket has them. */
const PLACE = { reply: "draft", note: "note_draft" } as const;
const PAUSE = 600;
const RETRY = 5_000;

export function useDraft(props: { ticket: Ticket }) {
  const client = useQueryClient();
  const { ticket } = props;
  const { number } = ticket;
  const typed: Typed = reactive(start(ticket));
  const kept = ref<{ state: "kept" | "saving" | "unsaved"; at: number } | null>(
    newest(ticket) ? { state: "kept", at: Date.parse(newest(ticket)?.updated_at ?? "") } : null,
  );
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> | null = null;
  let changed = false;
  const content = (): string => JSON.stringify(typed);
  // What was sent or given back was not typed: to keep it would overwrite, or drop, a draft that the server has.
  let settled = content();

  const text = computed({ get: () => typed[typed.kind], set: (words: string) => (typed[typed.kind] = words) });
  /** A reply and a note are kept apart: nothing that was meant for us may slip into what goes to the customer. */
  const body = (kind: Kind): DraftBody =>
    kind === "note"
      ? { text: typed.note, kind, to: [], cc: [], template: null, promises: [], overrides: [] }
      : { text: typed.reply, kind, to: typed.to, cc: typed.cc, template: typed.template, promises: typed.promises, overrides: reasons(typed) };
  const files = (): number[] => typed.files.map(({ id }) => id);
  const shape = (kind: Kind): string => JSON.stringify(kind === "note" ? body(kind) : [body(kind), files()]);
  /** Each as the server has it. */
  const sent: Record<Kind, string> = {
    reply: typed.reply === (ticket.draft?.text ?? "") ? shape("reply") : "",
    note: typed.note === (ticket.note_draft?.text ?? "") ? shape("note") : "",
  };

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
      for (const kind of KINDS) await put(kind);
      kept.value = typed.reply.trim() || typed.note.trim() || typed.files.length > 0 ? { state: "kept", at } : null;
      if (!changed) keepLocal(number, local(at, false));
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

  async function put(kind: Kind): Promise<void> {
    const [now, holds] = [shape(kind), body(kind)];
    if (now === sent[kind]) return;
    const keeps = holds.text.trim() || (kind === "reply" && typed.files.length > 0);
    const draft = keeps ? await saveDraft(number, holds) : (await dropDraft(number, kind), null);
    sent[kind] = now;
    client.setQueryData<Ticket>(keys.ticket(number), (ticket) => ticket && { ...ticket, [PLACE[kind]]: draft });
  }

  /** It was sent: nothing of it is a draft any more. The other one may have been begun meanwhile. */
  function clear(kind: Kind, files: readonly number[]): void {
    clearTimeout(waiting);
    changed = false;
    const guided = kind === "reply" ? { template: null, variant: null, promises: [], overrides: {} } : {};
    Object.assign(typed, { [kind]: "", files: typed.files.filter(({ id }) => !files.includes(id)), ...guided });
    kept.value = null;
    dropLocal(number);
    keepLocal(number, local(Date.now(), false));
    accept(kind);
  }

  /** What the server has of one kind is what stands here; the other may still be on its way there. */
  function accept(kind: Kind): void {
    sent[kind] = shape(kind);
    settled = content();
    if (KINDS.some((one) => shape(one) !== sent[one])) later();
  }

  /** Whoever writes a note goes on with it, though a reply comes back meanwhile. */
  function restore(draft: Draft): void {
    const kind = typed[typed.kind].trim() ? typed.kind : draft.kind;
    Object.assign(typed, draft.kind === "reply" ? fromDraft(draft) : {}, { [draft.kind]: draft.text, kind });
    accept(draft.kind);
    kept.value = { state: "kept", at: Date.parse(draft.updated_at) };
  }

  watch(content, (now) => {
    if (now !== settled) later();
  });
  // A draft that appears while nothing is typed here comes from another device, or is a reply that was given back.
  watch([() => props.ticket.draft, () => props.ticket.note_draft], (drafts) => {
    for (const draft of drafts) if (draft?.text && !typed[draft.kind].trim() && shape(draft.kind) === sent[draft.kind]) restore(draft);
  });
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

function fromDraft({ to, cc, template, files, promises, overrides }: Draft) {
  return { to, cc, template, files, promises, overrides: Object.fromEntries(overrides.map(({ rule, reason }) => [rule, reason])) };
}

/** The draft at which one wrote last. */
const newest = ({ draft, note_draft: note }: Ticket): Draft | null => (draft && note ? (draft.updated_at > note.updated_at ? draft : note) : (draft ?? note));

/** The server's drafts, or what this browser kept if that is newer. */
function start(ticket: Ticket): Typed {
  const to = ticket.participants.filter(({ role, undeliverable }) => role === "customer" && !undeliverable).map(({ answered_at }) => answered_at);
  const cc = ticket.participants.filter(({ role }) => role === "cc").map(({ email }) => email);
  const blank: Typed = { kind: "reply", reply: "", note: "", to, cc, template: null, variant: null, files: [], promises: [], overrides: {} };
  const { draft, note_draft: ours } = ticket;
  const local = readLocal(ticket.number);
  const answer = draft ? { ...fromDraft(draft), to: draft.to.length > 0 ? draft.to : to, reply: draft.text } : {};
  const begun: Typed = { ...blank, ...answer, note: ours?.text ?? "", kind: newest(ticket)?.kind ?? "reply" };
  if (!local?.unsaved || local.at <= Date.parse(newest(ticket)?.updated_at ?? "1970-01-01")) return begun;
  const { reply, note, kind, promises = [], overrides = {} } = local;
  return { ...begun, reply: reply || begun.reply, note: note || begun.note, kind, promises, overrides };
}
