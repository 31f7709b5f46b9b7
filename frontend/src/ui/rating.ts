/** How a customer's rating of us, 1 to 5, looks: a face for whoever glances, the figure for whoever reads. */
const FACES = ["face-angry", "face-unhappy", "face-even", "face-glad", "face-glad"] as const;

const BEST = 5;

export const ratingFace = (score: number): string => FACES[score - 1] ?? "face-even";
export const ratingWords = (score: number): string => `${score} of ${BEST}`;
