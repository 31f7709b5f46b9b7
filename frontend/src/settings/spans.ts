/** Lengths of time as people write them and as the server counts them, in seconds. Pure. */
const UNITS = [
  { size: 86_400, short: "d", names: ["d", "day", "days"] },
  { size: 3_600, short: "h", names: ["h", "hour", "hours"] },
  { size: 60, short: "min", names: ["min", "mins", "minute", "minutes", "m"] },
  { size: 1, short: "s", names: ["s", "sec", "secs", "second", "seconds", ""] },
] as const;

const PART = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)[\s,]*/;
const HOURS_MINUTES = /^(\d+)\s*h(?:ours?)?\s*([0-5]?\d)$/;

/** "4 h", "1 h 30 min", "5 min", "90 s": exact, the largest units first. Working days differ, so hours go up to 72. */
export function friendly(seconds: number): string {
  if (seconds === 0) return "0 s";
  let left = seconds;
  const said: string[] = [];
  for (const { size, short } of UNITS) {
    if (size === 86_400 && (seconds < 3 * size || seconds % size !== 0)) continue;
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) said.push(`${count} ${short}`);
  }
  return said.join(" ");
}

/** Whole seconds of "5 min", "1 h 30", "1.5 h", "2 days" or a bare number of seconds; null for what is no length. */
export function secondsOf(text: string): number | null {
  let rest = text.trim().toLowerCase();
  const short = HOURS_MINUTES.exec(rest);
  if (short) return Number(short[1]) * 3_600 + Number(short[2]) * 60;
  if (rest === "") return null;
  let total = 0;
  while (rest !== "") {
    const part = PART.exec(rest);
    const unit = part && UNITS.find(({ names }) => (names as readonly string[]).includes(part[2] ?? ""));
    if (!part || !unit) return null;
    total += Number((part[1] ?? "").replace(",", ".")) * unit.size;
    rest = rest.slice(part[0].length);
  }
  return Number.isSafeInteger(Math.round(total)) ? Math.round(total) : null;
}

/** "14,400 seconds", shown beside the friendly form. */
export function inSeconds(seconds: number): string {
  return `${seconds.toLocaleString("en-GB")} ${seconds === 1 ? "second" : "seconds"}`;
}
