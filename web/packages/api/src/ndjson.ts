import { cutOff } from './problem.js';

/**
 * Splits a body of newline-delimited JSON into its lines as they arrive, whatever the network's chunk borders are (they
 * may fall inside a line or inside a UTF-8 character). Empty lines are skipped. Text after the last newline is the last
 * line. Leaving the loop early cancels the body.
 */
export async function* readLines(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<string, void, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let unfinished = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const pieces = decoder.decode(value, { stream: !done }).split('\n');
      pieces[0] = unfinished + pieces[0];
      unfinished = pieces.pop() ?? '';
      for (const line of pieces) if (line.trim()) yield line;
      if (done) break;
    }
    if (unfinished.trim()) yield unfinished;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * Yields the lines of an answer that ends with `{"end": true, "charts": n}`, as they arrive. Throws `AracariError`
 * `cut_off` when it ends without that line or with fewer lines than it says, after having yielded what came.
 */
export async function* readLinesUntilEnd<Line extends object>(
  response: Response,
  signal?: AbortSignal,
): AsyncGenerator<Line, void, void> {
  if (!response.body) throw cutOff();
  let received = 0;
  const lines = readLines(response.body);
  try {
    for await (const text of lines) {
      const line = JSON.parse(text) as Line | { end: true; charts: number };
      if ('end' in line) {
        if (line.charts > received) throw cutOff();
        return;
      }
      received += 1;
      yield line;
    }
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw cutOff();
  }
  throw cutOff();
}
