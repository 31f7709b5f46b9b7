import { describe, expect, it } from "vitest";
import { heardItems } from "@/composer/heard";
import { moved, pieces, placesOf, spaced } from "@/composer/marks";
import { guessed, promised } from "@/composer/promising";
import { quoted } from "@/composer/quoting";
import { message } from "./cast";

const here = "I am sorry for any inconvenience. I call you soon.";
const place = { start: here.indexOf("any"), end: here.indexOf(".") };

describe("the marks in a draft", () => {
  it("cut the text at each, the gravest of those that overlap", () => {
    const cut = pieces("one two three", [{ start: 4, end: 7, kind: "error" }, { start: 6, end: 9, kind: "warning" }, { start: 0, end: 3, kind: "date" }]);
    expect(cut.map(({ text, mark }) => [text, mark?.kind ?? null])).toEqual([["one", "date"], [" ", null], ["two", "error"], [" three", null]]);
  });

  it("draw an error within a warning, and of two equal ones the longer", () => {
    const cut = pieces("one two three", [{ start: 0, end: 7, kind: "warning" }, { start: 4, end: 7, kind: "error" }, { start: 8, end: 9, kind: "warning" }, { start: 8, end: 13, kind: "warning" }]);
    expect(cut.filter(({ mark }) => mark).map(({ text }) => text)).toEqual(["two", "three"]);
  });

  it("leave out what lies beyond the text", () => {
    expect(pieces("one", [{ start: 2, end: 9, kind: "error" }])).toEqual([{ text: "one", mark: null }]);
  });

  it.each([
    ["is typed behind", `${here} Today.`, 0],
    ["is typed before", `Hello. ${here}`, 7],
    ["is taken away before", here.slice(2), -2],
  ])("move with the words when something %s", (_, after, by) => {
    expect(moved(place, here, after)).toEqual({ start: place.start + by, end: place.end + by });
  });

  it("vanish when their words are changed", () => {
    expect(moved(place, here, here.replace("inconvenience", "bother"))).toBeNull();
  });

  it("are all places of the words", () => {
    expect(placesOf("by Friday", "by Friday, or by Friday")).toEqual([{ start: 0, end: 9 }, { start: 14, end: 23 }]);
    expect(placesOf("", "by Friday")).toEqual([]);
  });
});

describe("words put into a text", () => {
  it.each([
    ["", 0, "by Friday"],
    ["I call you", 10, " by Friday"],
    ["I call you ", 11, "by Friday"],
    ["I call youand", 10, " by Friday "],
    ["I call you, yes", 10, " by Friday"],
  ])("get the blanks that they need in “%s” at %i", (text, at, words) => {
    expect(spaced(text, at, "by Friday")).toBe(words);
  });
});

describe("what a sentence promises", () => {
  it.each([
    ["I will call you", "Call you"],
    ["I will call you as soon as possible", "Call you"],
    ["Sorry about that. We’ll pay it back", "Pay it back"],
    ["If you take the tent, it reaches you", "It reaches you"],
    ["Dear Nora,", ""],
    ["", ""],
  ])("of “%s” is “%s”", (text, what) => {
    expect(guessed(text, text.length)).toBe(what);
  });

  it("is read up to the caret", () => {
    expect(guessed("I will call you. Goodbye", 15)).toBe("Call you");
  });

  it("takes no name that signs for a promise", () => {
    expect(guessed("I looked into it.\n\nAna Lima", 27)).toBe("");
    expect(guessed("I looked into it.\n\nThe whole refund", 35)).toBe("The whole refund");
  });
});

describe("a promise in its place", () => {
  const when = "by Friday 15 May, 17:00";

  it.each([
    ["I will call you", when, `I will call you ${when}.`, "Call you"],
    ["I will call you. ", when, `I will call you ${when}.`, "Call you"],
    ["I will call you on Friday", "on Friday", "I will call you on Friday.", "Call you"],
    ["On Friday you hear from me", "On Friday", "On Friday you hear from me.", "On Friday you hear from me"],
    ["Ich rufe Sie an", "bis Freitag, 15. Mai, 17:00 Uhr", "Ich rufe Sie an bis Freitag, 15. Mai, 17:00 Uhr.", "Ich rufe Sie an"],
  ])("is of “%s” and “%s” the sentence “%s”, and promises “%s”", (typed, words, sentence, what) => {
    expect(promised(typed, words)).toEqual({ sentence, what });
  });
});

describe("the customer's words", () => {
  it("go into the open place for them", () => {
    expect(quoted("You wrote “{their_words}”.", 0, "no tent")).toEqual({ from: 11, to: 24, words: "no tent" });
  });

  it("go into the open place at the caret", () => {
    expect(quoted("Since {wait} ago", 8, "nine days")).toEqual({ from: 6, to: 12, words: "nine days" });
  });

  it("are quoted at the caret else", () => {
    expect(quoted("You wrote", 9, "no tent")).toEqual({ from: 9, to: 9, words: " “no tent”" });
  });
});

describe("what was heard", () => {
  const nothing = { questions: [], wishes: [], facts: [], tried: [] };
  const asked = { start: 0, end: 1, kind: "question", answered_by: null };

  it("is, before the check has answered, what is open from before and what was said since", () => {
    const since = { text: "When?", kind: "question", start: 0, end: 5 };
    const before = { ...asked, text: "Where?", message: 1 };
    const heard = { ...nothing, questions: [before, { ...before, text: "Who?", answered_by: 2 }, { ...asked, text: "When?", message: 3 }] };
    const entries = [message(1), message(2, "ana"), message(3, "nora", { heard: [since] })];
    expect(heardItems(null, heard, entries).map(({ text, answered }) => [text, answered])).toEqual([["Where?", false], ["When?", false]]);
  });

  it("is ticked as the check says", () => {
    const steps = { acknowledge: false, own: false, act: false, options: false, promise: false, follow_up: false, answer: false };
    const heard = [{ message: 1, kind: "question", text: "When\ndoes it come?", answered: true }, { message: 1, kind: "amount", text: "£64", answered: false }];
    expect(heardItems({ findings: [], steps, heard, mending: [], language: "en" }, nothing, [])).toEqual([
      { text: "When does it come?", word: "asks", answered: true, message: 1, kind: "question", said: "When\ndoes it come?" },
      { text: "£64", word: "says", answered: false, message: 1, kind: "amount", said: "£64" },
    ]);
  });
});
