/**
 * The crack of a ticket: one broken line per ticket number, scaled to where it is drawn.
 *
 * A straight line is halved again and again and each middle pushed aside; the push depends only on the number and on
 * the place along the line, so that a taller drawing adds finer breaks to the same shape. Lengths are CSS pixels.
 */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Crack {
  readonly line: string;
  readonly seam: string;
  readonly next: string;
  readonly edge: string;
}

interface Box {
  readonly width: number;
  readonly height: number;
}

const PARTS = 6;
const FARTHEST = 1.1;
const STEEPEST = 0.42;
const MARGIN = 2.5;
const FINEST = 3.6;
const DEEPEST = 8;

/** A repeatable number from 0 to 1 for a seed and a place (mixing steps of MurmurHash3's finaliser). */
export function chance(seed: number, place: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(place + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/**
 * Sideways offsets from -1 to 1 at 2^depth + 1 even places along the line; both ends are 0. `reach(level)` is how far
 * a middle may be pushed at each halving; a push that would leave the box goes the other way.
 */
export function offsets(seed: number, depth: number, reach: (level: number) => number): number[] {
  const count = 2 ** depth;
  const found = new Array<number>(count + 1).fill(0);
  for (let level = 0, step = count; step > 1; level += 1, step /= 2) {
    for (let at = step / 2; at < count; at += step) {
      const middle = ((found[at - step / 2] ?? 0) + (found[at + step / 2] ?? 0)) / 2;
      const push = (chance(seed, (at / count) * 2 ** DEEPEST) - 0.5) * 2 * reach(level);
      const wanted = middle + push;
      found[at] = Math.abs(wanted) > 1 ? Math.max(-1, Math.min(1, middle - push)) : wanted;
    }
  }
  return found;
}

/** As far as the box allows, but no steeper than a crack in clay: short strokes only jitter. */
function reachIn({ width, height }: Box): (level: number) => number {
  const half = width / 2 - MARGIN;
  return (level) => Math.min(FARTHEST, (STEEPEST * height) / 2 ** (level + 1) / half);
}

/** A tall crack has longer strokes too, or it would look like a saw. */
function depthFor(height: number): number {
  return Math.max(3, Math.min(DEEPEST, Math.round(Math.log2(height / (FINEST + height / 250)))));
}

/** The points of the crack from top to bottom, corners softened once. */
export function points(seed: number, { width, height }: Box): Point[] {
  const side = offsets(seed, depthFor(height), reachIn({ width, height }));
  const raw = side.map((offset, i) => ({
    x: width / 2 + offset * (width / 2 - MARGIN),
    y: (i / (side.length - 1)) * height,
  }));
  return soften(raw);
}

function soften(raw: Point[]): Point[] {
  const last = raw.length - 1;
  return raw.flatMap((point, i) => {
    const before = raw[i - 1];
    const after = raw[i + 1];
    if (!before || !after || i === last) return [point];
    return [between(point, before, 0.25), between(point, after, 0.25)];
  });
}

function between(from: Point, to: Point, part: number): Point {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** The stretch of the line from one height to another, cut exactly at both. */
export function stretch(line: Point[], from: number, to: number): Point[] {
  const inside = line.filter((p) => p.y > from && p.y < to);
  return [cut(line, from), ...inside, cut(line, to)];
}

function cut(line: Point[], y: number): Point {
  const i = line.findIndex((p) => p.y >= y);
  const after = line[i] ?? line[line.length - 1] ?? { x: 0, y };
  const before = line[i - 1] ?? after;
  const span = after.y - before.y;
  return span === 0 ? { x: after.x, y } : between(before, after, (y - before.y) / span);
}

/** Half the width of the gold at a height: uneven, thicker where two steps meet, nothing at the open end. */
function thickness(seed: number, y: number, end: number, { width, height }: Box): number {
  const part = height / PARTS;
  const nearness = Math.abs(y / part - Math.round(y / part)) * 2;
  const meeting = y < part / 2 || end - y < part / 2 ? 0 : Math.max(0, 1 - nearness * 2.5);
  const uneven = 0.6 + chance(seed, 5000 + Math.round(y / 6)) * 0.7;
  const running = Math.min(1, (end - y) / Math.min(part * 0.6, 26));
  return Math.max(0.2, (width / 13) * uneven * (0.82 + 0.45 * meeting) * Math.max(0, running) ** 0.55);
}

/** A closed ribbon of gold around a stretch of the line. */
function ribbon(seed: number, part: Point[], box: Box): string {
  const end = part[part.length - 1]?.y ?? 0;
  const half = part.map((p) => thickness(seed, p.y, end, box));
  const right = part.map((p, i) => ({ x: p.x + (half[i] ?? 0), y: p.y }));
  const left = part.map((p, i) => ({ x: p.x - (half[i] ?? 0), y: p.y })).reverse();
  return `${path([...right, ...left])}z`;
}

function path(line: Point[]): string {
  return line.map((p, i) => `${i === 0 ? "M" : ""}${round(p.x)} ${round(p.y)}`).join(" ");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

interface Twig {
  readonly from: Point;
  readonly path: string;
  readonly filled: string;
}

/** One or two short side breaks, more on a long crack; each leaves the line where it bends outwards. */
function twigs(seed: number, line: Point[], box: Box): Twig[] {
  const many = Math.max(1, Math.min(6, Math.round(box.height / 110)) + (chance(seed, 9000) > 0.45 ? 1 : 0));
  return Array.from({ length: many }, (_, i) => twig(seed, i, cut(line, twigHeight(seed, i, many, box)), box));
}

function twigHeight(seed: number, i: number, many: number, { height }: Box): number {
  return height * ((i + 0.25 + chance(seed, 9100 + i) * 0.55) / many);
}

function twig(seed: number, i: number, from: Point, { width }: Box): Twig {
  const way = from.x > width / 2 ? 1 : -1;
  const reach = width * (0.24 + chance(seed, 9200 + i) * 0.12);
  const mid = { x: from.x + way * reach * 0.6, y: from.y + reach * 0.55 };
  const tip = { x: from.x + way * reach, y: from.y + reach * (1 + chance(seed, 9300 + i) * 0.5) };
  const back = { x: mid.x, y: mid.y + 0.9 };
  return { from, path: path([from, mid, tip]), filled: `${path([from, mid, tip, back, { x: from.x, y: from.y + 1.4 }])}z` };
}

/** Runs of neighbouring parts, as heights: [0, 1, 3] of 6 becomes the first third and the fourth sixth. */
export function runs(parts: readonly number[], height: number): Array<[number, number]> {
  const sorted = [...new Set(parts)].filter((p) => p >= 0 && p < PARTS).sort((a, b) => a - b);
  const found: Array<[number, number]> = [];
  for (const part of sorted) {
    const last = found[found.length - 1];
    if (last && last[1] === part) last[1] = part + 1;
    else found.push([part, part + 1]);
  }
  return found.map(([from, to]) => [(from * height) / PARTS, (to * height) / PARTS]);
}

/** The complement of `filled` between 0 and `height`. */
export function gaps(filled: Array<[number, number]>, height: number): Array<[number, number]> {
  const edges = [0, ...filled.flat(), height];
  const open: Array<[number, number]> = [];
  for (let i = 0; i < edges.length; i += 2) {
    const from = edges[i] ?? 0;
    const to = edges[i + 1] ?? height;
    if (to > from) open.push([from, to]);
  }
  return open;
}

/** Everything there is to draw for one ticket: `parts` are mended (0 to 5), `coming` would be by the draft. */
export function crack(seed: number, box: Box, parts: readonly number[], coming: readonly number[] = []): Crack {
  const line = points(seed, box);
  const gold = runs(parts, box.height);
  const soon = runs(coming.filter((p) => !parts.includes(p)), box.height);
  const branches = twigs(seed, line, box);
  const isGold = (y: number): boolean => gold.some(([from, to]) => y >= from && y < to);
  return {
    line: [
      ...gaps(gold, box.height).map(([from, to]) => path(stretch(line, from, to))),
      ...branches.filter((t) => !isGold(t.from.y)).map((t) => t.path),
    ].map(open).join(""),
    seam: [
      ...gold.map(([from, to]) => ribbon(seed, stretch(line, from, to), box)),
      ...branches.filter((t) => isGold(t.from.y)).map((t) => t.filled),
    ].map(open).join(""),
    next: soon.map(([from, to]) => open(ribbon(seed, stretch(line, from, to), box))).join(""),
    edge: `${open(path(line))} ${box.width} ${box.height} ${box.width} 0z`,
  };
}

function open(drawn: string): string {
  return drawn.startsWith("M") ? drawn : `M${drawn}`;
}
