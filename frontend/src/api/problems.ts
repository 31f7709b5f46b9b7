/** What the server refused, as sentences that can be shown. */
export interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
  readonly fields?: Record<string, string>;
  readonly [extra: string]: unknown;
}

/** A refusal, or that the server could not be reached (status 0). `message` can be shown as it is. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: ProblemBody,
  ) {
    super(sentence(status, body));
  }

  /** What is wrong with one field, if that was said; nested ones as `customer.email`. */
  field(name: string): string | undefined {
    return this.body.fields?.[name];
  }
}

function sentence(status: number, body: ProblemBody): string {
  if (status === 0) return "The server cannot be reached. What you typed is kept here; try again in a moment.";
  return body.detail || body.title || `The server answered with an error (${status}). Nothing was changed.`;
}

/** Whatever was thrown, as a sentence. */
export function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : "That did not work. Nothing was changed.";
}
