import { beforeEach, describe, expect, it } from "vitest";
import { addresses } from "@/composer/addresses";
import { dropLocal, keepLocal, readLocal } from "@/composer/local";
import { dateWords, fill, joined, openSlots, parts, plain } from "@/composer/slots";
import { holdUntil, localInput } from "@/ticket/hold";
import { mentioned, mentionsIn, typedMention } from "@/ticket/mentions";
import { ANA, LEE } from "./cast";

describe("a template's open places", () => {
  const text = "Hi Nora, {what_happened}. You have it by {date}, {date} at the latest.";

  it("are named once, in the order of the text", () => expect(openSlots(text)).toEqual(["what_happened", "date"]));
  it("are filled everywhere at once", () => expect(fill(text, "date", "Friday")).toContain("by Friday, Friday at"));
  it("cut the text without losing any of it", () => expect(parts(text).map((part) => part.text).join("")).toBe(text));
  it("are filled by typing where no template tells of them", () => expect(plain("what_happened")).toMatchObject({ kind: "text", label: "What happened" }));
  it.each([[[], ""], [["refund you"], "refund you"], [["a", "b"], "a or b"], [["a", "b", "c"], "a, b or c"]])("join the options %j", (options, words) => expect(joined(options, "en-GB")).toBe(words));
  it("join options in the language of the ticket", () => expect(joined(["a", "b", "c"], "de")).toBe("a, b oder c"));
  it.each([["2026-05-15", "en-GB", "Friday 15 May"], ["2026-05-15", "de", "Freitag, 15. Mai"], ["", "de", ""], ["soon", "en-GB", ""]])("write the day %s in %s as it is read", (day, language, words) => expect(dateWords(day, language)).toBe(words));
  it.each(["a {brace", "{Not One}", "{}", "f(x) { return }"])("are not found in %s", (plain) => expect(openSlots(plain)).toEqual([]));
});

describe("a mention", () => {
  it("is the whole name", () => {
    expect(mentioned("@Ana Lima look", ["Ana Lima"])).toEqual([{ text: "@Ana Lima", mention: true }, { text: " look", mention: false }]);
    expect(mentionsIn("@Ana Limax and ana@lee.example", [ANA, LEE])).toEqual([]);
    expect(mentionsIn("@Ana Lima, @Lee Okafor", [ANA, LEE])).toEqual([1, 2]);
  });

  it("prefers the longer name", () => {
    expect(mentioned("@Ana Lima", ["Ana", "Ana Lima"])[0]?.text).toBe("@Ana Lima");
  });

  it("is offered while its word is typed", () => {
    expect(typedMention("Look @An", 8)).toBe("An");
    expect(typedMention("Look @", 6)).toBe("");
    expect(typedMention("ana@kin", 7)).toBeNull();
    expect(typedMention("@Ana look", 9)).toBe("Ana look");
    expect(typedMention("@Ana, look", 10)).toBeNull();
  });
});

describe("addresses", () => {
  it("are taken as people type them, each once", () => {
    expect(addresses(" nora@a.example; <sam@b.example>,\n nora@a.example ")).toEqual(["nora@a.example", "sam@b.example"]);
    expect(addresses(" ,; ")).toEqual([]);
  });
});

describe("what this browser keeps", () => {
  const typed = { reply: "Hi Nora", note: "", kind: "reply" as const, at: 5, unsaved: true };
  beforeEach(() => localStorage.clear());

  it("is there after a reload, for its own ticket only", () => {
    keepLocal(17, typed);
    expect(readLocal(17)).toEqual(typed);
    expect(readLocal(18)).toBeNull();
  });

  it("is forgotten when nothing is left of it", () => {
    keepLocal(17, typed);
    keepLocal(17, { ...typed, reply: "  " });
    expect(readLocal(17)).toBeNull();
    keepLocal(17, typed);
    dropLocal(17);
    expect(readLocal(17)).toBeNull();
  });

  it("survives rubbish", () => {
    localStorage.setItem("kintsugi.draft.17", "{");
    expect(readLocal(17)).toBeNull();
  });
});

describe("putting on hold", () => {
  it.each([[2026, 4, 11], [2026, 4, 16], [2026, 4, 17]])("offers times that are still to come (%i-%i-%i)", (year, month, day) => {
    const now = new Date(year, month, day, 10, 30).getTime();
    const offered = holdUntil(now);
    expect(offered.every(({ at }) => at > now)).toBe(true);
    expect(new Date(offered.find(({ label }) => label.startsWith("Monday"))?.at ?? 0).getDay()).toBe(1);
  });

  it("fills the field in the reader's own time", () => {
    expect(localInput(new Date(2026, 4, 11, 9, 5).getTime())).toBe("2026-05-11T09:05");
  });
});
