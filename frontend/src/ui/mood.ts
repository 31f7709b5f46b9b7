/** How a mood looks: a face, its word and its colour. The reading itself is the server's. */
export interface Mood {
  readonly label: string;
  readonly unhappy: number | null;
}

export type Look = "angry" | "unhappy" | "even" | "glad";

const WORDS: Record<Look, string> = { angry: "Very unhappy", unhappy: "Unhappy", even: "Even", glad: "Glad" };
const VERY = 0.85;

export function look(mood: Mood): Look {
  if (mood.label === "unhappy") return (mood.unhappy ?? 0) >= VERY ? "angry" : "unhappy";
  return mood.label === "happy" ? "glad" : "even";
}

export function moodWord(mood: Mood): string {
  return mood.label === "unknown" ? "No mood read" : WORDS[look(mood)];
}
