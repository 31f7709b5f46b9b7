/** Whether a message is the next of its topic, and what was missed when it is not. Pure bookkeeping. */
export type Place = "next" | "gap" | "old";

export class Numbering {
  private epoch: string | null = null;
  private readonly last = new Map<string, number>();

  /** Begin with a server's epoch; true when numbers of an earlier epoch are worthless now. */
  begin(epoch: string): boolean {
    const other = this.epoch !== null && this.epoch !== epoch;
    this.epoch = epoch;
    if (other) this.last.clear();
    return other;
  }

  /** The last number of a topic at the moment of subscribing. */
  subscribed(topic: string, n: number): void {
    this.last.set(topic, n);
  }

  forget(topic: string): void {
    this.last.delete(topic);
  }

  see(topic: string, n: number): Place {
    const seen = this.last.get(topic);
    if (seen !== undefined && n <= seen) return "old";
    this.last.set(topic, n);
    return seen === undefined || n === seen + 1 ? "next" : "gap";
  }

  /** The subscribed topics in which the server is ahead of us; they are level afterwards. */
  behind(numbers: Record<string, number>): string[] {
    const lost = Object.entries(numbers).filter(([topic, n]) => this.last.has(topic) && this.last.get(topic) !== n);
    for (const [topic, n] of lost) this.last.set(topic, n);
    return lost.map(([topic]) => topic);
  }
}
