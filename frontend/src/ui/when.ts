/** Times in words, as the desk writes them. Everything is pure: `now` is milliseconds since the epoch. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time at a glance: "42 min", "1 h 40", "3 h", "2 d". Seconds only below one minute. */
export function span(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < MINUTE) return `${Math.floor(length / 1000)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < DAY) return hours(length);
  return `${Math.floor(length / DAY)} d`;
}

function hours(length: number): string {
  const whole = Math.floor(length / HOUR);
  const rest = Math.floor((length % HOUR) / MINUTE);
  return whole >= 6 || rest < 5 ? `${whole} h` : `${whole} h ${String(rest).padStart(2, "0")}`;
}

/** How long somebody has waited: coarser than `span`, since it only grows. */
export function waited(since: string, now: number): string {
  const length = Math.max(0, now - Date.parse(since));
  if (length < MINUTE) return "now";
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < DAY) return `${Math.floor(length / HOUR)} h`;
  return `${Math.floor(length / DAY)} d`;
}

function startOfDay(at: number): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
}

/** Whole calendar days from `now` to `at`, in the reader's time zone: 0 today, 1 tomorrow, -1 yesterday. */
export function daysAway(at: number, now: number): number {
  return Math.round((startOfDay(at) - startOfDay(now)) / DAY);
}

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const dated = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short" });

/** "today, 08:48", "yesterday, 16:20", "Mon 4 May, 16:20", "12 Oct 2024". */
export function moment(iso: string, now: number): string {
  const at = Date.parse(iso);
  const away = daysAway(at, now);
  if (away === 0) return `today, ${time.format(at)}`;
  if (away === -1) return `yesterday, ${time.format(at)}`;
  if (away === 1) return `tomorrow, ${time.format(at)}`;
  if (Math.abs(away) > 300) return dated.format(at);
  return `${weekday(at)}, ${time.format(at)}`;
}

/** "today", "yesterday", "Mon 4 May", "12 Oct 2024". */
export function date(iso: string, now: number): string {
  const at = Date.parse(iso);
  const away = daysAway(at, now);
  if (away === 0) return "today";
  if (away === -1) return "yesterday";
  if (away === 1) return "tomorrow";
  return Math.abs(away) > 300 ? dated.format(at) : weekday(at);
}

function weekday(at: number): string {
  return day.format(at).replace(",", "");
}

/** Everything, for titles: "Monday, 4 May 2026 at 16:20". */
export function exactly(iso: string): string {
  return full.format(Date.parse(iso));
}

/** Whole seconds until a time; 0 when it has passed or is none. */
export function secondsLeft(iso: string | null, now: number): number {
  return iso === null ? 0 : Math.max(0, Math.ceil((Date.parse(iso) - now) / 1000));
}

export function clockTime(at: number): string {
  return time.format(at);
}

export { DAY, HOUR, MINUTE };
