/** Keys without a modifier, and two-key sequences that begin with g; off while somebody types. */
import { defineStore } from "pinia";
import { onScopeDispose, shallowReactive } from "vue";

export interface KeyAct {
  readonly keys: string;
  readonly label: string;
  readonly group: string;
  readonly act: () => void;
}

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly target: EventTarget | null;
}

const SEQUENCE_WITHIN = 1200;

/** Whether what has the focus takes letters itself. */
export function typesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, [role=menu], [role=dialog], [role=listbox]") !== null;
}

/** Reads key presses into names such as "r", "Enter" or "g u"; null for what is none of ours. */
export class KeyReader {
  private prefix: number | null = null;

  read({ key, ctrlKey, metaKey, altKey, target }: Pressed, at: number): string | null {
    if (ctrlKey || metaKey || altKey || key === "Shift" || typesText(target)) return null;
    const begun = this.prefix !== null && at - this.prefix < SEQUENCE_WITHIN;
    this.prefix = null;
    if (begun) return `g ${key}`;
    if (key === "g") {
      this.prefix = at;
      return null;
    }
    return key;
  }
}

export const useKeyboard = defineStore("keyboard", () => {
  const acts = shallowReactive<KeyAct[]>([]);
  const reader = new KeyReader();

  function listen(): () => void {
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }

  function pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.repeat && event.key === "Enter") return;
    const name = reader.read(event, event.timeStamp);
    if (name === "Enter" && event.target instanceof HTMLElement && event.target.closest("a, button")) return;
    const found = name && acts.findLast(({ keys }) => keys === name);
    if (!found) return;
    event.preventDefault();
    found.act();
  }

  return { acts, listen };
});

/** Offer keys while the component lives; later ones win over earlier ones. */
export function useKeys(offered: readonly KeyAct[]): void {
  const { acts } = useKeyboard();
  acts.push(...offered);
  onScopeDispose(() => offered.forEach((act) => acts.splice(acts.indexOf(act), 1)));
}
