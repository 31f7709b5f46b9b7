import { describe, expect, it } from "vitest";
import type { FloorAgent, Told } from "@/api/floor";
import { aheadWords, hours, marks } from "@/floor/ahead";
import { bars, barWords, HEIGHT, highest } from "@/floor/bars";
import { later, wrongTime } from "@/floor/extension";
import { detailOf, figureOf, placeOf } from "@/floor/figures";
import { inGroup, newlyRaised, parts, stamp } from "@/floor/happenings";
import { candidates, cells, didLast, doingNow, standing } from "@/floor/people";
import { quoted, why } from "@/floor/why";
import { ANA, LEE, row } from "./cast";

const NOW = new Date(2026, 4, 11, 9, 45).getTime();
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();

const told = (change: Partial<Told> = {}): Told => ({
  at: at(-1), kind: "replied", by: "Ana Lima", words: "Ana Lima replied", customer: "Nora Whitcombe", number: 17, version: 4, quote: "", ...change,
});
const agent = (change: Partial<FloorAgent> = {}): FloorAgent => ({
  ...ANA, status: "here", here: true, load: 3, unhappy: 1, last: null, oldest_waiting_since: null, last_seen_at: at(-12), ...change,
});
const text = (pieces: ReturnType<typeof why>): string => pieces.map((piece) => piece.text).join("");

describe("a tile", () => {
  it("counts on from the moment that it speaks of", () => {
    expect(detailOf({ detail: "longest for", at: at(-90) }, NOW)).toBe("longest for 1 h 30");
    expect(detailOf({ detail: "next in", at: at(11) }, NOW)).toBe("next in 11 min");
    expect(detailOf({ detail: "next in", at: at(-1) }, NOW)).toBe("next now");
    expect(detailOf({ detail: "nobody waits", at: null }, NOW)).toBe("nobody waits");
  });

  it("shows a mean with its decimal, and a dash where nothing is known", () => {
    expect(figureOf({ key: "rated", value: 4 })).toBe("4.0");
    expect(figureOf({ key: "rated", value: null })).toBe("–");
    expect(figureOf({ key: "late", value: 12 })).toBe("12");
  });

  it("leads to the view of its name, and people to their table", () => {
    expect(placeOf({ key: "late" })).toEqual({ name: "view", params: { view: "late" } });
    expect(placeOf({ key: "agents" })).toBeNull();
    expect(placeOf({ key: "rated" })).toEqual({ name: "view", params: { view: "unhappy_after_closing" } });
  });
});

describe("why a ticket breaks next", () => {
  it("says the gravest reason strongly, that nobody has it, and quotes the customer", () => {
    const ticket = { ...row(1), escalation: null, reasons: ["sounds unhappy", "our reply is late"], last: { by: "customer" as const, name: "Nora", text: "I have heard nothing.", at: null } };
    expect(text(why(ticket))).toBe("Sounds unhappy, our reply is late. Nobody has it. “I have heard nothing.”");
    expect(why(ticket).filter(({ strong }) => strong).map((piece) => piece.text)).toEqual(["Sounds unhappy", "Nobody has it."]);
  });

  it("quotes the words of the mood once we spoke last, and says nothing where there is nothing", () => {
    const ours = { by: "us" as const, name: "Ana", text: "We are sorry.", at: null };
    expect(text(why({ ...row(1), escalation: null, assignee: ANA, reasons: ["sounds unhappy"], last: ours, mood: { label: "unhappy", unhappy: 0.9, words: ["a cheat"] } }))).toBe("Sounds unhappy. “a cheat”");
    expect(why({ ...row(1), escalation: null, assignee: ANA, reasons: [], last: ours })).toEqual([]);
  });

  it("says why it was raised where nothing else is known against it", () => {
    const escalation = { id: 1, level: 2, reason: "Nobody took up level 1. A reply was due", raised_at: at(-9), acknowledged_by: null, acknowledged_at: null, next_level_at: null };
    expect(text(why({ ...row(1), escalation, assignee: ANA, mood: { label: "happy", unhappy: 0, words: [] } }))).toBe("Nobody took up level 1. “Hello”");
  });

  it("begins a quote at the sentence that weighs, and ends it between words", () => {
    expect(quoted("Good morning. You treated me like a cheat. Bye.", ["cheat"])).toBe("You treated me like a cheat. Bye.");
    const long = quoted(`${"word ".repeat(60)}end.`, []);
    expect(long.endsWith("word…")).toBe(true);
    expect(long.length).toBeLessThan(112);
    expect(quoted("x".repeat(400), [])).toHaveLength(111);
  });
});

describe("the next three hours", () => {
  const due = (minutes: number, name: string) => ({ at: at(minutes), warn_at: at(minutes - 20), label: "Reply", number: minutes, name, kind: "clock" });

  it("places each clock by its time and leaves out what has passed", () => {
    expect(marks([due(-5, "Late"), due(90, "Yusuf Karaca"), due(181, "Far")], NOW).map(({ left }) => left)).toEqual([50]);
  });

  it("names only those who have room beside the others", () => {
    expect(marks([due(30, "Gareth"), due(31, "Callum"), due(120, "Hannah")], NOW).map(({ named }) => named)).toEqual([true, false, true]);
  });

  it("marks a clock whose warning has come", () => {
    expect(marks([due(10, "Gareth"), due(60, "Callum")], NOW).map(({ strained }) => strained)).toEqual([true, false]);
  });

  it("shows the full hours within, and counts in words", () => {
    expect(hours(NOW).map((tick) => new Date(tick.at).getHours())).toEqual([10, 11, 12]);
    expect([0, 1, 5].map(aheadWords)).toEqual(["nothing falls due", "one clock falls due", "5 clocks fall due"]);
  });
});

describe("arrivals", () => {
  const arrivals = [0, 2, 10].map((count, place) => ({ from: at(place * 30), count }));

  it("fill the height for the busiest half hour of all teams, and leave a stub for none", () => {
    const top = highest([{ arrivals } as Parameters<typeof highest>[0][number]]);
    expect(bars(arrivals, top).map(({ height }) => height)).toEqual([1.5, (2 / 10) * (HEIGHT - 2), HEIGHT - 2]);
    expect(highest([])).toBe(5);
  });

  it("are told in words", () => {
    expect(barWords(arrivals)).toBe("Arrivals each half hour since 09:45: 0, 2, 10");
  });
});

describe("the stream", () => {
  it("tells who acted, and whose ticket it was where the words do not say so", () => {
    expect(parts(told())).toEqual({ by: "Ana Lima", did: " replied", of: "Nora Whitcombe" });
    expect(parts(told({ kind: "customer_wrote", by: "Nora Whitcombe", words: "Nora Whitcombe wrote again" })).of).toBe("");
    expect(parts(told({ kind: "clock_warned", by: "First reply", words: "First reply is close" }))).toEqual({ by: "", did: "First reply is close", of: "Nora Whitcombe" });
  });

  it("keeps only the first sentence of an escalation's long reason", () => {
    expect(parts(told({ kind: "escalated", by: "", words: "Raised to level 2: Nobody took up level 1 within 2 minutes. The first reply was due" })).did)
      .toBe("Raised to level 2: Nobody took up level 1 within 2 minutes");
  });

  it("belongs to groups", () => {
    expect((["all", "urgent", "customers", "ours"] as const).map((group) => inGroup({ kind: "escalated" }, group))).toEqual([true, true, false, false]);
    expect((["urgent", "customers", "ours"] as const).map((group) => inGroup({ kind: "noted" }, group))).toEqual([false, false, true]);
    expect((["urgent", "customers", "ours"] as const).map((group) => inGroup({ kind: "rated_low" }, group))).toEqual([true, true, false]);
    expect((["urgent", "customers", "ours"] as const).map((group) => inGroup({ kind: "rated" }, group))).toEqual([false, true, false]);
  });

  it("speaks of an escalation once, the oldest first, and of nothing that was there", () => {
    const raised = (version: number) => told({ kind: "escalated", by: "", words: `Raised to level ${version}`, version });
    expect(newlyRaised([raised(1)], [raised(3), told({ version: 9 }), raised(2), raised(1)])).toEqual(["Nora Whitcombe: Raised to level 2.", "Nora Whitcombe: Raised to level 3."]);
  });

  it("shows the hour today and the weekday before", () => {
    expect(stamp(at(-60), NOW)).toBe("08:45");
    expect(stamp(at(-60 * 24), NOW)).toBe("Sun");
  });
});

describe("an agent on the floor", () => {
  it("has twelve cells, the unhappy first, and keeps their share beyond twelve", () => {
    expect(cells({ load: 3, unhappy: 1 }).slice(0, 4)).toEqual(["hot", "on", "on", "free"]);
    expect(cells({ load: 24, unhappy: 12 }).filter((cell) => cell === "hot")).toHaveLength(6);
    expect(cells({ load: 24, unhappy: 12 })).toHaveLength(12);
  });

  it("is here, away since, or not here", () => {
    expect(standing(agent(), NOW).words).toBe("Here");
    expect(standing(agent({ here: false, status: "away" }), NOW).words).toBe("Away 12 min");
    expect(standing(agent({ here: false, last_seen_at: null }), NOW)).toEqual({ look: "off", words: "Not here" });
  });

  it("writes rather than reads, and is named by the customer where the floor knows them", () => {
    const present = new Map([[17, [{ ...ANA, doing: "viewing" }]], [18, [{ ...ANA, doing: "writing" }, { ...LEE, doing: "viewing" }]]]);
    expect(doingNow(ANA.id, present, new Map([[18, "Elin Strand"]]))).toBe("Writing to Elin Strand");
    expect(doingNow(LEE.id, present, new Map())).toBe("Reading ticket 18");
    expect(doingNow(99, present, new Map())).toBeNull();
  });

  it("shows what they did last, with how long ago that is", () => {
    expect(didLast({ last: told() }, NOW)).toBe("Replied, Nora Whitcombe");
    expect(didLast({ last: told({ at: at(-12) }) }, NOW)).toBe("Replied, Nora Whitcombe, 12 min ago");
    expect(didLast({ last: null }, NOW)).toBe("");
  });

  it("is offered a ticket of their team, the present and least loaded first", () => {
    const colleague = (id: number, here: boolean, teams: number[], role: "agent" | "supervisor" = "agent") => ({ ...ANA, id, name: `Agent ${id}`, role, here, status: "here" as const, teams });
    const offered = candidates(
      [colleague(1, false, [3]), colleague(2, true, [3]), colleague(3, true, [8]), colleague(4, true, [], "supervisor")],
      [agent({ id: 2, load: 9 }), agent({ id: 4, load: 2 })],
      { team: { id: 3 }, assignee: { id: 2 } },
    );
    expect(offered.map(({ key }) => key)).toEqual(["4", "2", "1"]);
    expect(offered[1]).toMatchObject({ current: true, detail: "here, 9 open, 1 unhappy" });
  });
});

describe("extending a clock", () => {
  it("counts from the due time, or from now when that has passed", () => {
    expect(later(at(60), NOW)[0]?.at).toBe(NOW + 2 * 3_600_000);
    expect(later(at(-600), NOW)[0]?.at).toBe(NOW + 3_600_000);
  });

  it("refuses what has passed, what is earlier than due, and what is no time", () => {
    expect(wrongTime("", at(60), NOW)).toBe("Choose a day and a time.");
    expect(wrongTime(at(-1), at(-60), NOW)).toContain("has passed");
    expect(wrongTime(at(30), at(60), NOW)).toContain("earlier than it is due");
    expect(wrongTime(at(90), at(60), NOW)).toBe("");
  });
});
