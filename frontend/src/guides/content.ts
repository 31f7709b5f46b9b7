/** The text of a template while it is typed, and what the server says is wrong with it. */
import type { Content, Tried } from "@/api/library";
import { Problem } from "@/api/problems";

/** One thing to mend, in the field of this name (`title`, `variants.0`). */
export interface Fault { readonly field: string; readonly words: string }

const LINES = ["guards", "remedies"] as const;

export const BLANK: Content = { title: "", situation: "", stage: "solve", level: 0, slots: ["name"], guards: [], remedies: [], variants: ["", "", ""] };

/** As it is sent: lines that were only begun are none, and a situation is one word. */
export function cleaned(content: Content): Content {
  const lines = Object.fromEntries(LINES.map((name) => [name, content[name].map((line) => line.trim()).filter(Boolean)]));
  return { ...content, ...lines, situation: content.situation.trim().toLowerCase().replace(/[\s-]+/g, "_") };
}

export const same = (one: Content, other: Content): boolean => JSON.stringify(one) === JSON.stringify(other);

export function copied(content: Content): Content {
  return { ...content, slots: [...content.slots], guards: [...content.guards], remedies: [...content.remedies], variants: [...content.variants] };
}

export const triedFaults = ({ problems }: Tried): Fault[] => problems.map(({ field, reason }) => ({ field, words: reason }));

export function refusedFaults(cause: unknown): Fault[] {
  return cause instanceof Problem ? Object.entries(cause.body.fields ?? {}).map(([field, words]) => ({ field, words })) : [];
}

const NAMES: Record<string, string> = { slots: "Slots", required: "Slots", guards: "What to mind", remedies: "What may be offered", level: "Offered", key: "Title" };

/** The first thing to mend with the name of its field, and how many more there are. */
export function mendFirst([first, ...more]: readonly Fault[]): string {
  if (!first) return "";
  const [name = "", place] = first.field.split(".");
  const field = name === "variants" && place !== undefined ? `Variant ${Number(place) + 1}` : (NAMES[name] ?? name.charAt(0).toUpperCase() + name.slice(1));
  const rest = more.length === 0 ? "" : ` ${more.length} more to mend above.`;
  return `${field}: ${first.words}${rest}`;
}

/** Bring whoever saved to what is wrong, and the caret to its line. */
export function showFault(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>("[aria-invalid]");
  field?.focus();
  if (!(field instanceof HTMLTextAreaElement)) return;
  const said = document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent ?? "";
  const line = Number(/Line (\d+)/.exec(said)?.[1]);
  if (!line) return;
  const end = field.value.split("\n").slice(0, line).join("\n").length;
  field.setSelectionRange(end, end);
}
