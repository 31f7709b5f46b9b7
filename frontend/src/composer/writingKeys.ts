/** The keys of writing; those with Alt work in the text, and are listed here so that the sheet of keys tells of them. */
import { useKeys } from "@/ui/keyboard";

interface Acts {
  write: (kind: "reply" | "note") => Promise<void>;
  pick: () => void;
  fold: () => void;
  mend: () => void;
  /** Nothing where no assistant is plugged in. */
  suggest: (() => void) | null;
}

const group = "Writing";
const inText = (keys: string, label: string) => ({ keys, label, group, act: () => undefined });

export function useWritingKeys({ write, pick, fold, mend, suggest }: Acts): void {
  useKeys([
    { keys: "r", label: "Reply", group, act: () => void write("reply") },
    { keys: "n", label: "Write a note", group, act: () => void write("note") },
    { keys: "t", label: "Choose a template", group, act: () => void write("reply").then(pick) },
    { keys: "u", label: "Open or fold the guide (Alt G while writing)", group, act: fold },
    inText("Alt P", "Promise a time, while writing"),
    { keys: "Alt Enter", label: "Mend what is marked at the caret, or go to the next mark", group, act: mend },
  ]);
  if (!suggest) return;
  useKeys([
    { keys: "w", label: "Let the assistant suggest a draft (Alt W while writing)", group, act: suggest },
    inText("Alt R", "Let the assistant rewrite what is marked at the caret"),
  ]);
}
