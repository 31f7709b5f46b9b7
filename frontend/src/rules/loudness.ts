/** How loud a rule may speak, as the server knows it, in words. */
import type { Loudness } from "@/api/rules";

export const LOUDNESS: { key: Loudness; label: string }[] = [
  { key: "error", label: "Error" },
  { key: "warning", label: "Warning" },
  { key: "suggestion", label: "Suggestion" },
  { key: "off", label: "Off" },
];

export function loudnessOf(value: string): Loudness {
  return LOUDNESS.find(({ key }) => key === value)?.key ?? "off";
}
