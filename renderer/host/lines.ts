/**
 * The JSON values of a stream that carries one per line, as they come. Ends with the stream; a last line that was cut
 * off is left out. Throws what reading throws, and `SyntaxError` for a line that is no JSON.
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
