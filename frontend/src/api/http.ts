/** One way to the server: cookies, the CSRF header, and errors as sentences. */
export interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
  readonly fields?: Record<string, string | string[]>;
  readonly [extra: string]: unknown;
}

/** What the server refused, or that it could not be reached (status 0). `message` can be shown as it is. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: ProblemBody,
  ) {
    super(sentence(status, body));
  }

  /** What is wrong with one field, if that was said. */
  field(name: string): string | undefined {
    const said = this.body.fields?.[name];
    return Array.isArray(said) ? said.join(" ") : said;
  }
}

function sentence(status: number, body: ProblemBody): string {
  if (status === 0) return "The server cannot be reached. What you typed is kept here; try again in a moment.";
  const fields = Object.values(body.fields ?? {}).flat();
  return body.detail || fields[0] || body.title || `The server answered with an error (${status}). Nothing was changed.`;
}

export interface Asked {
  readonly query?: Record<string, string | number | null | undefined>;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Ask the server; raises Problem. An answer without a body is undefined. */
export async function ask<Answer>(method: Method, path: string, asked: Asked = {}): Promise<Answer> {
  const answer = await reach(address(path, asked.query), {
    method,
    headers: headers(method, asked),
    body: body(asked.body),
    signal: asked.signal,
    credentials: "same-origin",
  });
  if (!answer.ok) throw await problem(answer);
  return (answer.status === 204 ? undefined : await answer.json()) as Answer;
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Problem(0, {});
  }
}

async function problem(answer: Response): Promise<Problem> {
  const found: unknown = await answer.json().catch(() => ({}));
  return new Problem(answer.status, (typeof found === "object" && found !== null ? found : {}) as ProblemBody);
}

export function address(path: string, query: Asked["query"] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return search ? `/api/${path}?${search}` : `/api/${path}`;
}

function headers(method: Method, asked: Asked): Record<string, string> {
  const json = asked.body !== undefined && !(asked.body instanceof FormData);
  return {
    Accept: "application/json",
    ...(json ? { "Content-Type": "application/json" } : {}),
    ...(method === "GET" ? {} : { "X-CSRFToken": csrfToken() }),
    ...asked.headers,
  };
}

function body(given: unknown): BodyInit | undefined {
  if (given === undefined) return undefined;
  return given instanceof FormData ? given : JSON.stringify(given);
}

function csrfToken(): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}
