/** What was changed on the targets screen, as the server takes it. Pure. */
import type { Level, Policy, Targets } from "@/api/policies";

/** A copy that may be typed into; times that cannot be read are null until they can. */
export interface Editing extends Omit<Targets, "ladder"> {
  ladder: Level[];
}

export const MOST_LEVELS = 3;

export function editing(policy: Policy): Editing {
  const { id, calendar, first_response, next_response, resolution, warn_before_percent, pause_at_most, ask_again_after } = policy;
  return {
    id, calendar: calendar.id, first_response, next_response, resolution, warn_before_percent, pause_at_most, ask_again_after,
    ladder: policy.ladder.map((level) => ({ ...level })),
  };
}

export function changed(policies: readonly Policy[], edited: ReadonlyMap<number, Editing>): Targets[] {
  return policies.flatMap((policy) => {
    const wanted = edited.get(policy.id);
    return wanted && JSON.stringify(wanted) !== JSON.stringify(editing(policy)) ? [wanted] : [];
  });
}

/** The server names a field as results.<place>.<field>: the sentence for this policy's field, if it was refused. */
export function refusal(fields: Readonly<Record<string, string>> | undefined, sent: readonly Targets[], id: number, field: string): string {
  const place = sent.findIndex((targets) => targets.id === id);
  if (place < 0 || !fields) return "";
  const prefix = `results.${place}.${field}`;
  const found = Object.keys(fields).find((name) => name === prefix || name.startsWith(`${prefix}.`));
  return found ? (fields[found] ?? "") : "";
}

export function oneMore(ladder: readonly Level[]): Level[] {
  if (ladder.length >= MOST_LEVELS) return [...ladder];
  const last = ladder.at(-1);
  return [...ladder, { level: ladder.length + 1, to: "supervisors", agent: null, acknowledge_within: last?.acknowledge_within ?? 900 }];
}

export function oneLess(ladder: readonly Level[]): Level[] {
  return ladder.length > 1 ? ladder.slice(0, -1) : [...ladder];
}
