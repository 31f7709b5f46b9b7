import { describe, expect, it } from "vitest";
import { pointedAt } from "@/composer/pointing";

const finding = (start: number | null, end: number | null, rule = "blame.doubt") => ({ rule, level: "warning" as const, start, end, message: "This doubts the customer.", suggestion: null, offers: [], offers_start: null, offers_end: null });

describe("what the check points at in the assistant's words", () => {
  it("is said where it lies in them, once", () => expect(pointedAt([finding(10, 19), finding(20, 22)], 10, 23)).toEqual(["This doubts the customer."]));
  it.each([[0, 10], [23, 30], [null, null]])("is none of theirs from %s to %s", (start, end) => expect(pointedAt([finding(start, end)], 10, 23)).toEqual([]));
  it("leaves out places that are still to be filled", () => expect(pointedAt([finding(10, 16, "ack.placeholder")], 10, 23)).toEqual([]));
});
