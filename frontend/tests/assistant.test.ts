import { describe, expect, it } from "vitest";
import { stillFound } from "@/composer/useRewriting";

const finding = (start: number | null, end: number | null) => ({ rule: "blame.doubt", level: "warning" as const, start, end, message: "This doubts the customer.", suggestion: null, offers: [] });
const said = (start: number | null, end: number | null) => ({ start: 10, text: "You claim so.", checked: { findings: [finding(start, end)] } });

describe("what the check finds in the assistant's words", () => {
  it("is said where it lies in them", () => expect(stillFound(said(10, 19))).toBe("This doubts the customer."));
  it.each([[0, 10], [23, 30], [null, null]])("is none of theirs from %s to %s", (start, end) => expect(stillFound(said(start, end))).toBe(""));
});
