import { describe, expect, it } from "vitest";
import { fileSize } from "@/ui/size";

describe("a file's size", () => {
  it.each([[0, "0 B"], [999, "999 B"], [88_000, "88 kB"], [2_400_000, "2.4 MB"]])("%i bytes are %s", (bytes, words) => {
    expect(fileSize(bytes)).toBe(words);
  });
});
