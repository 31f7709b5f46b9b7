import { describe, expect, it } from "vitest";
import type { Policy } from "@/api/policies";
import { changed, editing, oneLess, oneMore, refusal } from "@/settings/changes";
import { friendly, inSeconds, secondsOf } from "@/settings/spans";

const policy: Policy = {
  id: 4, team: { id: 1, name: "Deliveries" }, priority: "", calendar: { id: 2, name: "Round the clock" },
  first_response: 300, next_response: 600, resolution: 86_400, warn_before_percent: 40, pause_at_most: 0, ask_again_after: 259_200,
  ladder: [{ level: 1, to: "supervisors", agent: null, acknowledge_within: 120 }],
};

describe("a length of time", () => {
  it.each([
    [0, "0 s"], [45, "45 s"], [90, "1 min 30 s"], [300, "5 min"], [5_400, "1 h 30 min"], [14_400, "4 h"], [86_400, "24 h"], [144_000, "40 h"],
    [259_200, "3 d"], [259_260, "72 h 1 min"],
  ])("of %i seconds is written %s and read back", (seconds, words) => {
    expect(friendly(seconds)).toBe(words);
    expect(secondsOf(words)).toBe(seconds);
  });

  it.each([["300", 300], ["1 h 30", 5_400], ["1h30", 5_400], ["1.5 h", 5_400], ["1,5 hours", 5_400], ["2 days", 172_800], ["5 Min", 300], [" 4h ", 14_400], ["1 h, 5 min", 3_900]])(
    "typed as %s is understood", (typed, seconds) => expect(secondsOf(typed)).toBe(seconds),
  );

  it.each(["", "soon", "5 parsecs", "-5", "h", "4 h x", "1e9", "99999999999999999999"])("typed as “%s” is no length", (typed) => expect(secondsOf(typed)).toBeNull());

  it("is told in seconds too", () => {
    expect([inSeconds(1), inSeconds(14_400)]).toEqual(["1 second", "14,400 seconds"]);
  });
});

describe("changing targets", () => {
  it("sends only the policies that differ from what is known", () => {
    const same = editing(policy);
    expect(changed([policy], new Map([[4, same]]))).toEqual([]);
    expect(changed([policy, { ...policy, id: 5 }], new Map([[4, { ...same, first_response: 60 }]]))).toMatchObject([{ id: 4, first_response: 60, calendar: 2 }]);
  });

  it("never types into what is cached", () => {
    const copy = editing(policy);
    copy.ladder.forEach((level) => (level.acknowledge_within = 1));
    expect(policy.ladder[0]?.acknowledge_within).toBe(120);
  });

  it("finds the server's sentence for a field by the place at which it was sent", () => {
    const sent = [editing({ ...policy, id: 9 }), editing(policy)];
    const fields = { "results.1.resolution": "Too little working time.", "results.0.ladder.0.acknowledge_within": "At least 1 second." };
    expect(refusal(fields, sent, 4, "resolution")).toBe("Too little working time.");
    expect(refusal(fields, sent, 9, "ladder")).toBe("At least 1 second.");
    expect([refusal(fields, sent, 9, "resolution"), refusal(undefined, sent, 4, "resolution"), refusal(fields, sent, 77, "ladder")]).toEqual(["", "", ""]);
  });

  it("adds levels up to three and leaves one at least", () => {
    const three = oneMore(oneMore(policy.ladder));
    expect(three.map(({ level, acknowledge_within }) => [level, acknowledge_within])).toEqual([[1, 120], [2, 120], [3, 120]]);
    expect(oneMore(three)).toHaveLength(3);
    expect(oneLess(policy.ladder)).toHaveLength(1);
  });
});
