/** What came of a template, in words that are honest about few uses. */
import type { TemplateFigures } from "@/api/library";
import { BEST } from "@/ui/rating";

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const times = (count: number): string => (count === 1 ? "once" : `${count} times`);

/** How its uses ended, with how many that are: "9 of 10 ended well". */
export function ended({ used, well, badly }: TemplateFigures): string {
  if (used === 0) return "Not used yet";
  return well + badly === 0 ? "No answer yet" : `${well} of ${well + badly} ended well`;
}

/** What may be expected after so few or so many, how it is rated, and how much of the text is written anew each time. */
export function expected({ used, changed, at_least, rating, rated }: TemplateFigures): string {
  if (used === 0) return "";
  const sure = at_least === null ? [] : [`at least ${percent(at_least)} to be expected`];
  const rewritten = changed === null ? [] : [`${percent(changed)} of the text rewritten`];
  const marks = rating === null ? [] : [`${rating.toFixed(1)} of ${BEST} in ${rated === 1 ? "one rating" : `${rated} ratings`}`];
  return [...sure, ...marks, `used ${times(used)}`, ...rewritten].join(" · ");
}
