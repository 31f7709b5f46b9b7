/** What came of a template, in words that are honest about few uses. */
import type { TemplateFigures } from "@/api/library";

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const times = (count: number): string => (count === 1 ? "once" : `${count} times`);

/** How its uses ended and are rated, with how many that are: "9 of 10 ended well · rated 4.3 in 6 ratings". */
export function ended({ used, well, badly, rating, rated }: TemplateFigures): string {
  if (used === 0) return "Not used yet";
  const end = well + badly === 0 ? "No answer yet" : `${well} of ${well + badly} ended well`;
  return rating === null ? end : `${end} · rated ${rating.toFixed(1)} in ${rated === 1 ? "one rating" : `${rated} ratings`}`;
}

/** What may be expected after so few or so many, and how much of the text is written anew each time. */
export function expected({ used, changed, at_least }: TemplateFigures): string {
  if (used === 0) return "";
  const sure = at_least === null ? [] : [`at least ${percent(at_least)} to be expected`];
  const rewritten = changed === null ? [] : [`${percent(changed)} of the text rewritten`];
  return [...sure, `used ${times(used)}`, ...rewritten].join(" · ");
}
