/** How loud a rule may speak, as the server knows it, in words. */
import type { Loudness, Rule } from "@/api/rules";

export const LOUDNESS: { key: Loudness; label: string }[] = [
  { key: "error", label: "Error" },
  { key: "warning", label: "Warning" },
  { key: "suggestion", label: "Suggestion" },
  { key: "off", label: "Off" },
];

/** What was picked; empty takes back what was set here. */
export function loudnessOf(value: string): Loudness | "" {
  return LOUDNESS.find(({ key }) => key === value)?.key ?? "";
}

/** What holds where nothing is set here, and who says so. */
export function otherwiseOf({ otherwise, team }: Rule, ofTeam: boolean): string {
  const label = LOUDNESS.find(({ key }) => key === otherwise)?.label ?? otherwise;
  return `${label} (${ofTeam && team === null ? "as for everybody" : "as it comes"})`;
}
