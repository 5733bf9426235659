/** What a server's `application/problem+json` answer says (RFC 9457), as far as Aracari uses it. */
export interface Problem {
  code: string;
  title: string;
  detail: string;
  field?: string;
  origin?: string;
  requestId?: string;
  /** When it is worth to ask again, by the header `Retry-After`. */
  retryAfterSeconds?: number;
  /** Where an upload goes on, by the header `Upload-Offset`. */
  uploadOffset?: number;
  /** What is stored now, where a change was made to an older version. */
  current?: unknown;
}

/**
 * The one error that every function of this package throws, except for `AbortError`, which passes through unchanged.
 * `status` is the HTTP status, or 0 when no answer came: then `code` is `unreachable` (nobody answered) or
 * `cut_off` (the answer stopped in the middle).
 */
export class AracariError extends Error {
  override readonly name = 'AracariError';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** JSON path of the refused body field, such as `user.attributes.state`. */
  readonly field: string | undefined;
  /** The web origin that was refused (`origin_not_authorized`). */
  readonly origin: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly uploadOffset: number | undefined;
  /** As the server sent it: of the shape that the call answers with. */
  readonly current: unknown;

  constructor(status: number, problem: Problem) {
    super(problem.detail || problem.title);
    this.status = status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.field = problem.field;
    this.origin = problem.origin;
    this.requestId = problem.requestId;
    this.retryAfterSeconds = problem.retryAfterSeconds;
    this.uploadOffset = problem.uploadOffset;
    this.current = problem.current;
  }

  /** True when the server understood who asks and said no: asking again with the same credential is pointless. */
  get refused(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

/** Reads a failed answer. Never rejects: an answer that is not a problem document becomes `http_STATUS`. */
export async function readProblem(response: Response): Promise<AracariError> {
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;
  }
  return new AracariError(response.status, {
    ...unnamedProblem(response.status),
    ...textMembers(body),
    ...retryAfter(response),
    ...uploadOffset(response),
    ...current(body),
  });
}

export function unreachable(serverUrl: string): AracariError {
  return new AracariError(0, {
    code: 'unreachable',
    title: 'The server cannot be reached',
    detail: `No answer from ${serverUrl || 'the server'}. Check the connection and try again.`,
  });
}

export function cutOff(): AracariError {
  return new AracariError(0, {
    code: 'cut_off',
    title: 'The connection was lost',
    detail: 'The answer stopped before it was complete. Try again.',
  });
}

function unnamedProblem(status: number): Problem {
  return {
    code: `http_${status}`,
    title: 'Something went wrong',
    detail: `The server answered with status ${status}.`,
  };
}

function textMembers(body: unknown): Partial<Problem> {
  if (typeof body !== 'object' || body === null) return {};
  const names = ['code', 'title', 'detail', 'field', 'origin', 'requestId'] as const;
  const found: Partial<Problem> = {};
  for (const name of names) {
    const value = (body as Record<string, unknown>)[name];
    if (typeof value === 'string') found[name] = value;
  }
  return found;
}

function current(body: unknown): Pick<Problem, 'current'> {
  return typeof body === 'object' && body !== null && 'current' in body
    ? { current: body.current }
    : {};
}

function uploadOffset(response: Response): Pick<Problem, 'uploadOffset'> {
  const bytes = response.headers.get('upload-offset') ?? '';
  return /^\d{1,15}$/.test(bytes) ? { uploadOffset: Number(bytes) } : {};
}

/** Our server gives seconds (RFC 9110 10.2.3 also has a date). */
function retryAfter(response: Response): Pick<Problem, 'retryAfterSeconds'> {
  const seconds = response.headers.get('retry-after') ?? '';
  return /^\d{1,9}$/.test(seconds) ? { retryAfterSeconds: Number(seconds) } : {};
}
