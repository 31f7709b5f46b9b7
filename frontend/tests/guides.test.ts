import { describe, expect, it } from "vitest";
import { ended, expected } from "@/guides/figures";

const figures = (change: Partial<Parameters<typeof ended>[0]> = {}): Parameters<typeof ended>[0] => ({
  used: 12, well: 9, badly: 1, changed: 0.1, at_least: 0.596, rated: 6, rating: 4.333, ...change,
});

describe("what came of a template", () => {
  it("is told with its ratings and of how many they are", () => {
    expect(ended(figures())).toBe("9 of 10 ended well · rated 4.3 in 6 ratings");
    expect(ended(figures({ rated: 1, rating: 5 }))).toBe("9 of 10 ended well · rated 5.0 in one rating");
    expect(expected(figures())).toBe("at least 60 % to be expected · used 12 times · 10 % of the text rewritten");
  });

  it("claims nothing that nobody said", () => {
    expect(ended(figures({ rated: 0, rating: null }))).toBe("9 of 10 ended well");
    expect(ended(figures({ well: 0, badly: 0, rated: 0, rating: null }))).toBe("No answer yet");
    expect(ended(figures({ used: 0 }))).toBe("Not used yet");
  });
});
