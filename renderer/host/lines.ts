/**
 * Yields the JSON values of a stream with one value per line. Ends with the stream and drops an incomplete last line. Throws
 * read errors, and `SyntaxError` for a line that is not JSON.
 */
export async function* jsonLines(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<unknown> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    const begun: string[] = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = value.split('\n');
      const rest = lines.pop() ?? '';
      for (const end of lines) yield JSON.parse(begun.splice(0).join('') + end);
      begun.push(rest);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
