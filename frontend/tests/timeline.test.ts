import { describe, expect, it } from "vitest";
import { heardItems } from "@/composer/heard";
import { layOut, paragraphs, unwrapped } from "@/ticket/timeline";
import { ANA, event, message, note } from "./cast";

const kinds = (...given: Parameters<typeof layOut>) => layOut(...given).map(({ kind }) => kind);

describe("the conversation", () => {
  it("folds neighbouring events into one line", () => {
    expect(kinds([message(1), event(2), event(3), message(4)], 4, ANA.id, false)).toEqual(["message", "events", "message"]);
  });

  it("folds what was read long ago, and unfolds when asked", () => {
    const entries = [message(1), event(2), message(3, "ana"), message(4), message(5, "ana"), message(6)];
    expect(kinds(entries, 6, ANA.id, false)).toEqual(["earlier", "message", "message", "message"]);
    expect(layOut(entries, 6, ANA.id, false)[0]).toMatchObject({ messages: 2, events: 1 });
    expect(kinds(entries, 6, ANA.id, true)).not.toContain("earlier");
  });

  it("lets what a customer said with a fact stand alone, unfolded", () => {
    const rated = { ...event(3), event: "rated", words: "Nora rated this 4 of 5", quote: "Ring before you come." };
    expect(kinds([event(1), event(2), rated, event(4)], 4, ANA.id, false)).toEqual(["events", "quoted", "events"]);
  });

  it("divides what is new from what was read", () => {
    expect(kinds([message(1), note(2), message(3)], 2, ANA.id, false)).toEqual(["message", "note", "unread", "message"]);
  });

  it("never calls one's own words new", () => {
    expect(kinds([message(1), message(2, "ana")], 1, ANA.id, false)).not.toContain("unread");
    expect(kinds([message(1), message(2, "lee")], 1, ANA.id, false)).toContain("unread");
  });

  it("has no divider above a ticket that was never read", () => {
    expect(kinds([message(1), message(2)], 0, ANA.id, false)).toEqual(["message", "message"]);
  });
});

describe("a text", () => {
  const text = "It broke.\n\nWill you replace it?";
  const from = text.indexOf("Will");

  it("is cut at the words that were heard", () => {
    expect(paragraphs(text, [{ start: from, end: from + 4, kind: "question" }])).toEqual([
      [{ text: "It broke.", heard: null }],
      [{ text: "Will", heard: "question" }, { text: " you replace it?", heard: null }],
    ]);
  });

  it.each([[-1, 3], [5, 2], [0, 999]])("ignores places that are none (%i to %i)", (start, end) => {
    expect(paragraphs(text, [{ start, end, kind: "fact" }]).flat().every(({ heard }) => heard === null)).toBe(true);
  });

  it("loses nothing where places overlap", () => {
    const marks = [{ start: 0, end: 5, kind: "fact" }, { start: 3, end: 8, kind: "fact" }];
    expect(paragraphs("It broke.", marks).flat().map((piece) => piece.text).join("")).toBe("It broke.");
  });

  it("joins lines that were only broken for their width", () => {
    const broken = "The Beacon says it works down to minus twenty. Mine went out at minus\nfive on Slieve Donard.";
    expect(unwrapped(broken)).toBe(broken.replace("\n", " "));
  });

  it.each([
    "12 Lake Road\nKeswick",
    "I have tried, in this order and with a good deal of patience on my side:\n- new batteries\n- a new bulb",
    "A line that is rather long and says a great deal about the tent we bought\n\nAna",
  ])("keeps breaks that mean something", (kept) => expect(unwrapped(kept)).toBe(kept));
});

describe("what was heard", () => {
  const asked = [{ text: "When?", start: 0, end: 5, kind: "question" }];

  it("is what the customer said since we last answered", () => {
    const old = message(1, "nora", { heard: [{ text: "Old", start: 0, end: 3, kind: "fact" }] });
    const entries = [old, message(2, "ana"), message(3, "nora", { heard: asked })];
    expect(heardItems(null, { questions: [], wishes: [], facts: [], tried: [] }, entries)).toEqual([{ text: "When?", said: "When?", kind: "question", message: 3, word: "asks", answered: false }]);
  });
});
