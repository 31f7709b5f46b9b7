import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { News } from "@/live/messages";
import { Numbering } from "@/live/numbering";
import { type Connection, type Line, Socket } from "@/live/socket";

class FakeLine implements Line {
  sent: unknown[] = [];
  closed = false;
  onmessage: Line["onmessage"] = null;
  onclose: Line["onclose"] = null;
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }
  says(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

function desk() {
  const lines: FakeLine[] = [];
  const news: News[] = [];
  const lost: Array<string[] | null> = [];
  const states: Connection[] = [];
  const socket = new Socket(
    () => {
      const line = new FakeLine();
      lines.push(line);
      return line;
    },
    { news: (message) => news.push(message), lost: (topics) => lost.push(topics), changed: (now) => states.push(now) },
    () => 0.5,
  );
  const line = (): FakeLine => {
    const last = lines[lines.length - 1];
    if (!last) throw new Error("nothing was dialled");
    return last;
  };
  return { socket, lines, line, news, lost, states };
}

const hello = (epoch = "a") => ({ hello: { epoch, heartbeat: 15 } });
const left = (n: number, topic = "queue:3") => ({ topic, n, kind: "left", ticket: 17 });

function subscribed(at = 5) {
  const one = desk();
  one.socket.subscribe(["queue:3"]);
  one.socket.open();
  one.line().says(hello());
  one.line().says({ subscribed: ["queue:3"], refused: [], n: { "queue:3": at } });
  one.lost.length = 0;
  return one;
}

describe("the socket", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("subscribes once the server has greeted it, and reads again what was read before", () => {
    const { socket, line, lost, states } = desk();
    socket.subscribe(["queue:3", "me"]);
    socket.open();
    expect(line().sent).toEqual([]);
    line().says(hello());
    expect(line().sent).toEqual([{ subscribe: ["queue:3", "me"] }]);
    line().says({ subscribed: ["queue:3", "me"], refused: [], n: { "queue:3": 5, me: 0 } });
    expect(lost).toEqual([null]);
    expect(states).toEqual(["connecting", "live"]);
  });

  it("passes on what comes in order", () => {
    const { line, news, lost } = subscribed();
    line().says(left(6));
    line().says(left(7));
    expect(news.map(({ n }) => n)).toEqual([6, 7]);
    expect(lost).toEqual([]);
  });

  it("says that a topic was lost when a number is missing", () => {
    const { line, news, lost } = subscribed();
    line().says(left(8));
    expect(lost).toEqual([["queue:3"]]);
    expect(news).toHaveLength(1);
  });

  it("drops what it has already seen", () => {
    const { line, news } = subscribed();
    line().says(left(6));
    line().says(left(6));
    expect(news).toHaveLength(1);
  });

  it("finds by the heartbeat that the last message never came", () => {
    const { line, lost } = subscribed();
    line().says({ heartbeat: { epoch: "a", n: { "queue:3": 6 } } });
    expect(lost).toEqual([["queue:3"]]);
    line().says({ heartbeat: { epoch: "a", n: { "queue:3": 6 } } });
    expect(lost).toHaveLength(1);
  });

  it("reads everything again when the server is another", () => {
    const { line, lost } = subscribed();
    line().says({ heartbeat: { epoch: "b", n: { "queue:3": 1 } } });
    expect(lost).toEqual([null]);
  });

  it("comes back after a loss, subscribes anew and reads everything again", () => {
    const { line, lines, lost, states } = subscribed();
    line().onclose?.({ code: 1006 });
    expect(states.at(-1)).toBe("reconnecting");
    vi.advanceTimersByTime(500);
    expect(lines).toHaveLength(2);
    line().says(hello());
    expect(line().sent).toEqual([{ subscribe: ["queue:3"] }]);
    line().says({ subscribed: ["queue:3"], refused: [], n: { "queue:3": 40 } });
    expect(lost).toEqual([null]);
    expect(states.at(-1)).toBe("live");
  });

  it("waits longer after each failure, but never longer than five seconds", () => {
    const { socket, lines, line } = desk();
    socket.open();
    for (let i = 0; i < 12; i += 1) {
      line().onclose?.({ code: 1006 });
      vi.advanceTimersByTime(5_000);
    }
    expect(lines).toHaveLength(13);
  });

  it("takes a silent line for dead after two heartbeats", () => {
    const { line, states } = subscribed();
    const first = line();
    vi.advanceTimersByTime(34_000);
    expect(first.closed).toBe(true);
    expect(states.at(-1)).toBe("reconnecting");
  });

  it("stays away once it was signed out", () => {
    const { line, lines, states } = subscribed();
    line().onclose?.({ code: 4001 });
    vi.advanceTimersByTime(60_000);
    expect(states.at(-1)).toBe("signed-out");
    expect(lines).toHaveLength(1);
  });

  it("goes on after a frame that it cannot read", () => {
    const { line, news } = subscribed();
    line().onmessage?.({ data: "{" });
    line().onmessage?.({ data: "[1]" });
    line().says({ error: "no such topic" });
    line().says(left(6));
    expect(news).toHaveLength(1);
  });
});

describe("the numbering", () => {
  it("does not know what is next in a topic that was let go", () => {
    const numbering = new Numbering();
    numbering.begin("a");
    numbering.subscribed("queue:3", 4);
    numbering.forget("queue:3");
    expect(numbering.behind({ "queue:3": 9 })).toEqual([]);
  });
});
