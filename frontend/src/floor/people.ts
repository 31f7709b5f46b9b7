/** Who can help: presence, load and what each does now, in words. Pure. */
import type { FloorAgent } from "@/api/floor";
import type { Colleague } from "@/api/types";
import type { Present } from "@/live/messages";
import type { Choice } from "@/ui/choices";
import { MINUTE, waited } from "@/ui/when";
import { parts } from "./happenings";

export const CELLS = 12;

export type Cell = "hot" | "on" | "free";

/** Twelve cells of load, the unhappy first; more than twelve fill them all, the share of the unhappy stays. */
export function cells({ load, unhappy }: Pick<FloorAgent, "load" | "unhappy">): Cell[] {
  const full = Math.min(load, CELLS);
  const hot = load > CELLS ? Math.round((unhappy / load) * CELLS) : unhappy;
  return Array.from({ length: CELLS }, (_, place) => (place < hot ? "hot" : place < full ? "on" : "free"));
}

export function loadWords({ load, unhappy }: Pick<FloorAgent, "load" | "unhappy">): string {
  return `${load} open, ${unhappy} unhappy`;
}

export interface Standing { readonly look: "here" | "away" | "off"; readonly words: string }

export function standing({ here, status, last_seen_at: seen }: Pick<FloorAgent, "here" | "status" | "last_seen_at">, now: number): Standing {
  if (here) return { look: "here", words: "Here" };
  const since = seen ? ` ${waited(seen, now)}`.replace(" now", "") : "";
  if (status === "away") return { look: "away", words: `Away${since}` };
  return { look: "off", words: status === "off" ? "Off" : since ? `Gone${since}` : "Not here" };
}

/** What a person does at this moment: the ticket that they write on, else the one that they look at. */
export function doingNow(id: number, present: ReadonlyMap<number, readonly Present[]>, names: ReadonlyMap<number, string>): string | null {
  let reading: string | null = null;
  for (const [number, people] of present) {
    const doing = people.find((person) => person.id === id)?.doing;
    const whom = names.get(number) ?? `ticket ${number}`;
    if (doing === "writing") return names.has(number) ? `Writing to ${whom}` : `Writing on ${whom}`;
    if (doing) reading = `Reading ${whom}`;
  }
  return reading;
}

const LATELY = 5 * MINUTE;

/** What they did last: "Replied, Nora Whitcombe", with how long ago once that is more than a few minutes. */
export function didLast({ last }: Pick<FloorAgent, "last">, now: number): string {
  if (!last) return "";
  const { did, of } = parts(last);
  const act = did.trim();
  const ago = now - Date.parse(last.at) > LATELY ? `${waited(last.at, now)} ago` : "";
  return [act.charAt(0).toUpperCase() + act.slice(1), of, ago].filter(Boolean).join(", ");
}

/** Whom the ticket may be given to: people of its team, the present and least loaded first. */
export function candidates(
  colleagues: readonly Colleague[], agents: readonly FloorAgent[], ticket: { team: { id: number }; assignee: { id: number } | null },
): Choice[] {
  const load = new Map(agents.map((agent) => [agent.id, agent]));
  const open = (id: number): number => load.get(id)?.load ?? 0;
  return colleagues
    .filter(({ role, teams }) => role !== "agent" || teams.includes(ticket.team.id))
    .toSorted((one, other) => Number(other.here) - Number(one.here) || open(one.id) - open(other.id))
    .map((person) => {
      const carried = load.get(person.id);
      const detail = [person.here ? "here" : "not here now", ...(carried ? [loadWords(carried)] : [])].join(", ");
      return { key: String(person.id), label: person.name, detail, icon: "person", current: person.id === ticket.assignee?.id };
    });
}
