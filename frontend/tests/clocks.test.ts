import { describe, expect, it } from "vitest";
import { face } from "@/ui/clocks";
import { mendingWords } from "@/ui/mending";
import { date, moment, secondsLeft, span, waited } from "@/ui/when";

const NOON = new Date(2026, 4, 11, 12, 0).getTime();
const MINUTE = 60_000;
const inMinutes = (minutes: number): string => new Date(NOON + minutes * MINUTE).toISOString();
const clock = (due: number, warn = due - 60) => ({ label: "Reply", warn_at: inMinutes(warn), due_at: inMinutes(due) });

describe("a clock", () => {
  it.each([
    [190, "calm", "3 h 10", "Reply in 3 h 10"],
    [61, "calm", "1 h", "Reply in 1 h"],
    [52, "strained", "52 min", "Reply in 52 min"],
    [0, "broken", "late 0 s", "Reply late 0 s"],
    [-42, "broken", "late 42 min", "Reply late 42 min"],
    [-3 * 24 * 60, "broken", "late 3 d", "Reply late 3 d"],
  ])("that runs out in %i minutes is %s and says %s", (due, strain, time, words) => {
    expect(face(clock(due), NOON)).toEqual({ strain, time, words });
  });

  it("names the day when it is far away", () => {
    expect(face(clock(24 * 60), NOON).time).toBe("tomorrow");
    expect(face(clock(3 * 24 * 60), NOON).time).toBe("Thu 14");
  });

  it("is never strained without a warning time", () => {
    expect(face({ ...clock(5), warn_at: null }, NOON).strain).toBe("calm");
  });
});

describe("lengths and times in words", () => {
  it.each([[42_000, "42 s"], [59 * MINUTE, "59 min"], [100 * MINUTE, "1 h 40"], [62 * MINUTE, "1 h"], [7.5 * 60 * MINUTE, "7 h"], [49 * 60 * MINUTE, "2 d"], [-5, "0 s"]])(
    "%i ms is %s",
    (length, words) => expect(span(length)).toBe(words),
  );

  it("rounds waiting down", () => {
    expect(waited(inMinutes(-57), NOON)).toBe("57 min");
    expect(waited(inMinutes(-119), NOON)).toBe("1 h");
    expect(waited(inMinutes(5), NOON)).toBe("now");
  });

  it("says today, yesterday and the weekday", () => {
    expect(moment(inMinutes(-60), NOON)).toBe("today, 11:00");
    expect(moment(inMinutes(-24 * 60), NOON)).toBe("yesterday, 12:00");
    expect(moment(inMinutes(-7 * 24 * 60), NOON)).toBe("Mon 4 May, 12:00");
    expect(date(inMinutes(24 * 60), NOON)).toBe("tomorrow");
  });

  it("counts whole seconds down to nothing", () => {
    expect(secondsLeft(new Date(NOON + 6100).toISOString(), NOON)).toBe(7);
    expect(secondsLeft(inMinutes(-1), NOON)).toBe(0);
    expect(secondsLeft(null, NOON)).toBe(0);
  });
});

describe("the words of a crack", () => {
  it("name the last step and how many", () => {
    expect(mendingWords(["heard", "owned"])).toBe("Mending: owned, 2 of 6");
    expect(mendingWords([])).toBe("Mending: nothing yet, 0 of 6");
  });

  it("leave out a step that this version does not know", () => {
    expect(mendingWords(["heard", "sung"])).toBe("Mending: heard, 1 of 6");
  });
});
