/** The desk's one live connection: what features may ask of it. They never see the socket itself. */
import { useQueryClient } from "@tanstack/vue-query";
import { defineStore } from "pinia";
import { onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from "vue";
import type { Doing } from "@/api/types";
import type { News, Present } from "./messages";
import { refreshing } from "./refresh";
import { type Connection, type Line, Socket } from "./socket";

const QUIET: Present[] = [];

export const useLive = defineStore("live", () => {
  const connection = ref<Connection>("connecting");
  const staleSince = ref<number | null>(null);
  const present = shallowRef(new Map<number, Present[]>());
  const refresh = refreshing(useQueryClient());
  const held = new Map<string, number>();
  const announcing = new Map<number, Doing>();

  const socket = new Socket(dial, { news, lost, changed });

  function news(message: News): void {
    if (message.kind === "presence") see(message);
    else refresh.news(message);
  }

  function see(message: Extract<News, { kind: "presence" }>): void {
    const number = message.ticket ?? Number(message.topic.split(":")[1]);
    present.value = new Map(present.value).set(number, message.here);
  }

  function lost(topics: string[] | null): void {
    if (topics === null) announcing.forEach((doing, ticket) => socket.say({ presence: { ticket, doing } }));
    void refresh.lost(topics).finally(() => {
      if (connection.value === "live") staleSince.value = null;
    });
  }

  function changed(now: Connection): void {
    if (now === "reconnecting") staleSince.value ??= Date.now();
    connection.value = now;
  }

  /** Hold topics for as long as somebody needs them. */
  function hold(topics: readonly string[]): () => void {
    topics.forEach((topic) => held.set(topic, (held.get(topic) ?? 0) + 1));
    socket.subscribe(topics);
    return () => {
      const done = topics.filter((topic) => {
        const left = (held.get(topic) ?? 1) - 1;
        if (left > 0) held.set(topic, left);
        else held.delete(topic);
        return left <= 0;
      });
      socket.unsubscribe(done);
    };
  }

  function announce(ticket: number, doing: Doing | "gone"): void {
    if (doing === "gone") announcing.delete(ticket);
    else announcing.set(ticket, doing);
    socket.say({ presence: { ticket, doing } });
  }

  const here = (ticket: number): Present[] => present.value.get(ticket) ?? QUIET;

  return { connection, staleSince, present, here, hold, announce, open: () => socket.open(), close: () => socket.close(), hurry: () => socket.hurry() };
});

function dial(): Line {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const web = new WebSocket(`${scheme}://${location.host}/ws/`);
  const line: Line = { send: (text) => web.send(text), close: () => web.close(), onmessage: null, onclose: null };
  web.onmessage = (event) => line.onmessage?.(event);
  web.onclose = (event) => line.onclose?.(event);
  return line;
}

/** Subscribe to topics while the component lives; they may change. */
export function useTopics(topics: MaybeRefOrGetter<readonly string[]>): void {
  const live = useLive();
  let release: (() => void) | undefined;
  const held = watch(
    () => toValue(topics).join(" "),
    (names) => {
      const before = release;
      release = live.hold(names ? names.split(" ") : []);
      before?.();
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    held.stop();
    release?.();
  });
}
