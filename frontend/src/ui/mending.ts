/** The six steps of a repair, in order: each fills one sixth of the crack with gold. */
export const MENDING_STEPS = [
  { key: "heard", label: "Heard" },
  { key: "owned", label: "Owned" },
  { key: "offered", label: "Remedy offered" },
  { key: "accepted", label: "Accepted" },
  { key: "delivered", label: "Delivered" },
  { key: "followed_up", label: "Followed up" },
] as const;

/** Which sixth of the crack a step fills, 0 to 5; -1 for a step that this version does not draw. */
export function partOf(step: string): number {
  return MENDING_STEPS.findIndex(({ key }) => key === step);
}

export function mendedParts(steps: readonly string[]): number[] {
  return steps.map(partOf).filter((part) => part >= 0);
}

/** "Mending: owned, 2 of 6": the text that the crack always has. */
export function mendingWords(steps: readonly string[]): string {
  const parts = mendedParts(steps);
  const last = MENDING_STEPS[Math.max(-1, ...parts)];
  const reached = last ? last.label.toLowerCase() : "nothing yet";
  return `Mending: ${reached}, ${parts.length} of ${MENDING_STEPS.length}`;
}
