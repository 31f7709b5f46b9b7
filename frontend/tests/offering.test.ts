import { describe, expect, it } from "vitest";
import type { Finding } from "@/api/types";
import { offersPlace, placeIn, told } from "@/composer/offering";
import { whenPlace } from "@/composer/promising";

describe("a button says what an offer does", () => {
  it.each([
    ["please", "kindly", "Use “please”"],
    ["The", "Actually, the", "Leave out “Actually,”"],
    ["", " Buy more.", "Leave out “Buy more.”"],
    ["\n\nSam", "", "Add “Sam”"],
    ["You wrote “hello”. Y", "y", "Add “You wrote “hello”.”"],
    ["Reply to this. Sam", "Bye! Sam", "Use “Reply to this. Sam”"],
    ["I am sorry {what_we_did}.", "Sorry for the hassle.", "Use “I am sorry [what we did].”"],
    ["a delay", "just a small delay", "Use “a delay”"],
  ])("%j in place of %j", (offer, before, words) => expect(told(offer, before)).toBe(words));

  it("names a place as the list of places does", () => expect(told("{why} Bye.", "No.", { why: "Why it happened" })).toBe("Use “[why it happened] Bye.”"));

  it("knows the first place that is left open", () => expect([placeIn("{why} {done}"), placeIn("please")]).toEqual(["why", null]));

  it("knows where it goes, if it goes anywhere", () => {
    const finding: Finding = { rule: "a.b", level: "error", start: 1, end: 2, message: "", suggestion: null, offers: [""], offers_start: 0, offers_end: 2 };
    expect(offersPlace(finding)).toEqual({ start: 0, end: 2 });
    expect(offersPlace({ ...finding, offers_start: null, offers_end: null })).toBeNull();
  });
});

describe("the time of a promise goes", () => {
  const text = "I will ask and let you know about it. Bye.";
  const range = { start: 15, end: 27 };

  it("in the place of a vague one", () => expect(whenPlace(text, { rule: "promise.vague", ...range })).toEqual(range));
  it("behind a sentence without one", () => expect(whenPlace(text, { rule: "promise.no-date", ...range })).toEqual({ start: 36, end: 36 }));
  it("nowhere where no time would mend it", () => {
    expect(whenPlace(text, { rule: "promise.over", ...range })).toBeUndefined();
    expect(whenPlace(text, { rule: "promise.vague", start: null, end: null })).toBeUndefined();
  });
});
