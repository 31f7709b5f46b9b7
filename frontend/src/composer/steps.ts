/** The seven steps of a good answer, in the order in which the guide shows them. */
import type { Checked } from "@/api/types";

export const STEPS: ReadonlyArray<{ key: keyof Checked["steps"]; label: string }> = [
  { key: "acknowledge", label: "Acknowledge" },
  { key: "own", label: "Own" },
  { key: "act", label: "Act" },
  { key: "options", label: "Options" },
  { key: "promise", label: "Promise, date" },
  { key: "follow_up", label: "Follow up" },
  { key: "answer", label: "Every question" },
];
