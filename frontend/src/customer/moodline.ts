/** The mood over time as one line: happy at the top, unhappy at the bottom. Pure. */
export interface Dot { readonly x: number; readonly y: number }

const LEFT = 4;
const TOP = 6;

/** Points spread by time, but never closer than a readable gap. Sizes in px; `unhappy` is 0 to 1. */
export function moodDots(history: ReadonlyArray<{ at: string; unhappy: number }>, width: number, height: number): Dot[] {
  const times = history.map(({ at }) => Date.parse(at));
  const first = times[0] ?? 0;
  const span = (times[times.length - 1] ?? 0) - first;
  const room = width - 2 * LEFT - 2;
  return history.map(({ unhappy }, i) => {
    const even = history.length > 1 ? i / (history.length - 1) : 1;
    const timed = span > 0 ? ((times[i] ?? 0) - first) / span : even;
    return { x: LEFT + room * (even * 0.6 + timed * 0.4), y: TOP + unhappy * (height - 2 * TOP) };
  });
}

export function moodPath(dots: readonly Dot[]): string {
  return dots.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}
