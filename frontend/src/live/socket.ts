/** The socket: keeps itself connected, subscribes, and says what was lost. It knows no feature. */
import { type Hello, type Heartbeat, type News, readFrame, type Subscribed } from "./messages";
import { Numbering } from "./numbering";

export type Connection = "connecting" | "live" | "reconnecting" | "signed-out";

export interface Line {
  send(text: string): void;
  close(): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export interface Listener {
  news(message: News): void;
  /** These topics must be read again; null means everything. */
  lost(topics: string[] | null): void;
  changed(connection: Connection): void;
}

const SIGNED_OUT = 4001;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 5_000;
const MISSED_BEATS = 2.2;

export class Socket {
  private line: Line | null = null;
  private readonly numbering = new Numbering();
  private readonly wanted = new Set<string>();
  private attempts = 0;
  private greeted = false;
  private settled = false;
  private wasLive = false;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private heartbeat = 15;

  constructor(
    private readonly dial: () => Line,
    private readonly listener: Listener,
    private readonly random: () => number = Math.random,
  ) {}

  open(): void {
    clearTimeout(this.retry);
    this.greeted = false;
    this.settled = false;
    this.listener.changed(this.wasLive ? "reconnecting" : "connecting");
    const line = this.dial();
    this.line = line;
    line.onmessage = ({ data }) => this.line === line && this.read(String(data));
    line.onclose = ({ code }) => this.line === line && this.dropped(code);
    this.watch();
  }

  close(): void {
    clearTimeout(this.retry);
    clearTimeout(this.silence);
    const line = this.line;
    this.line = null;
    line?.close();
  }

  /** Try at once instead of at the end of the wait: the network is back, or somebody looks again. */
  hurry(): void {
    if (this.line === null && this.retry !== undefined) this.open();
  }

  subscribe(topics: readonly string[]): void {
    const fresh = topics.filter((topic) => !this.wanted.has(topic));
    fresh.forEach((topic) => this.wanted.add(topic));
    if (fresh.length > 0) this.say({ subscribe: fresh });
  }

  unsubscribe(topics: readonly string[]): void {
    const held = topics.filter((topic) => this.wanted.delete(topic));
    held.forEach((topic) => this.numbering.forget(topic));
    if (held.length > 0) this.say({ unsubscribe: held });
  }

  /** Sent when connected, otherwise dropped: only for what is worthless later. */
  say(message: object): void {
    if (this.greeted) this.line?.send(JSON.stringify(message));
  }

  private read(text: string): void {
    this.watch();
    const frame = readFrame(text);
    if (!frame) return;
    if ("hello" in frame) this.greet(frame.hello);
    else if ("subscribed" in frame) this.subscribed(frame);
    else if ("heartbeat" in frame) this.beat(frame.heartbeat);
    else this.deliver(frame);
  }

  private greet({ epoch, heartbeat }: Hello["hello"]): void {
    this.attempts = 0;
    this.heartbeat = heartbeat;
    this.greeted = true;
    this.numbering.begin(epoch);
    this.wanted.forEach((topic) => this.numbering.forget(topic));
    if (this.wanted.size > 0) this.say({ subscribe: [...this.wanted] });
    else this.settled = true;
    this.wasLive = true;
    this.listener.changed("live");
  }

  /**
   * What was read before the first subscription of a line may have missed what happened in between, so it is read
   * again: on a new page that is cheap, after a loss it is what makes the screen equal to a fresh load.
   */
  private subscribed({ n = {} }: Subscribed): void {
    Object.entries(n).forEach(([topic, last]) => this.numbering.subscribed(topic, last));
    if (!this.settled) this.listener.lost(null);
    this.settled = true;
  }

  private beat({ epoch, n }: Heartbeat["heartbeat"]): void {
    if (this.numbering.begin(epoch)) {
      this.listener.lost(null);
      Object.entries(n).forEach(([topic, last]) => this.numbering.subscribed(topic, last));
      return;
    }
    const lost = this.numbering.behind(n);
    if (lost.length > 0) this.listener.lost(lost);
  }

  private deliver(news: News): void {
    if (news.n !== undefined) {
      const place = this.numbering.see(news.topic, news.n);
      if (place === "old") return;
      if (place === "gap") this.listener.lost([news.topic]);
    }
    this.listener.news(news);
  }

  /** A line that says nothing for two heartbeats is dead, whatever the browser believes. */
  private watch(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.line?.close();
      this.dropped(0);
    }, this.heartbeat * 1000 * MISSED_BEATS);
  }

  private dropped(code: number): void {
    clearTimeout(this.silence);
    this.line = null;
    this.greeted = false;
    if (code === SIGNED_OUT) {
      this.listener.changed("signed-out");
      return;
    }
    this.listener.changed("reconnecting");
    this.retry = setTimeout(() => this.open(), this.wait());
  }

  /** Doubling, with jitter, so that a thousand desks do not come back in the same instant. */
  private wait(): number {
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.attempts);
    this.attempts += 1;
    return longest * (0.5 + this.random() / 2);
  }
}
