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
