import { describe, expect, it } from "vitest";
import { crack, gaps, offsets, points, runs, stretch } from "@/ui/crack";

const ROW = { width: 12, height: 58 };
const TICKET = { width: 18, height: 900 };

describe("the crack of a ticket", () => {
  it("is the same whenever it is drawn", () => {
    expect(crack(4821, ROW, [0, 1])).toEqual(crack(4821, ROW, [0, 1]));
  });

  it("differs from ticket to ticket", () => {
    const shapes = new Set(Array.from({ length: 200 }, (_, number) => crack(number, ROW, []).line));
    expect(shapes.size).toBe(200);
  });

  it("keeps its shape when it is drawn taller, with finer breaks between", () => {
    const coarse = offsets(17, 4, () => 0.5);
    const fine = offsets(17, 8, () => 0.5);
    expect(coarse).toEqual(fine.filter((_, i) => i % 16 === 0));
  });

  it("stays inside its box and runs from top to bottom", () => {
    for (let number = 1; number < 300; number += 7) {
      for (const box of [ROW, TICKET]) {
        const line = points(number, box);
        expect(Math.min(...line.map(({ x }) => x))).toBeGreaterThanOrEqual(0);
        expect(Math.max(...line.map(({ x }) => x))).toBeLessThanOrEqual(box.width);
        expect(line[0]?.y).toBe(0);
        expect(line[line.length - 1]?.y).toBe(box.height);
      }
    }
  });

  it("has no gold while nothing is mended, and no bare line when all is", () => {
    expect(crack(5, ROW, []).seam).toBe("");
    expect(crack(5, ROW, [0, 1, 2, 3, 4, 5]).line).toBe("");
  });

  it("shows what a draft would mend only where nothing is mended yet", () => {
    expect(crack(5, ROW, [0], [0]).next).toBe("");
    expect(crack(5, ROW, [0], [1]).next).not.toBe("");
  });

  it("draws nothing that is not a number", () => {
    for (let number = 0; number < 50; number += 1) {
      const { line, seam, edge } = crack(number, TICKET, [0, 1, 3]);
      expect(`${line}${seam}${edge}`).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});

describe("the mended parts", () => {
  it("join where they are neighbours", () => {
    expect(runs([1, 0, 3], 60)).toEqual([[0, 20], [30, 40]]);
  });

  it("leave the rest open", () => {
    expect(gaps([[0, 20], [30, 40]], 60)).toEqual([[20, 30], [40, 60]]);
    expect(gaps([], 60)).toEqual([[0, 60]]);
  });

  it("are cut exactly at their ends", () => {
    const part = stretch(points(9, ROW), 10, 20);
    expect(part[0]?.y).toBeCloseTo(10);
    expect(part[part.length - 1]?.y).toBeCloseTo(20);
  });
});
