/** The stages of guided replies, in the order of a ticket's life. */
const STAGES: Record<string, string> = { acknowledge: "First answer", update: "While it is open", solve: "Putting it right", follow_up: "Afterwards" };

export function stageWords(stage: string): string {
  return STAGES[stage] ?? stage.replaceAll("_", " ");
}
