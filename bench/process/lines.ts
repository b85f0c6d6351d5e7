/** Lines of a byte stream. */

/** How much of a line is kept by default, in characters. */
const LONGEST = 16 * 2 ** 20;

/**
 * The lines of a stream of UTF-8, without their ends; a last line without an end counts.
 *
 * @param longest how much of a line is kept, in characters: what is longer is cut, so that a flood cannot fill the
 * memory
 * @param signal ends the lines and releases the stream
 */
export async function* readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  longest: number = LONGEST,
  signal?: AbortSignal,
): AsyncGenerator<string, undefined> {
  // Parts are joined once a line is complete: joined as they come, an endless line would be copied again and again.
  let parts: string[] = [];
  let length = 0;

  function keep(part: string): void {
    if (length < longest && part !== "") parts.push(part.slice(0, longest - length));
    length += part.length;
  }

  function take(): string {
    const line = parts.join("");
    parts = [];
    length = 0;
    return line;
  }

  for await (const chunk of readChunks(stream, signal)) {
    let at = 0;
    for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", at)) {
      keep(chunk.slice(at, end));
      at = end + 1;
      yield take();
    }
    keep(chunk.slice(at));
  }
  if (length > 0) yield take();
}

/** The text of a stream of UTF-8, as it comes, to its end or to the abort, which also releases the stream. */
export async function* readChunks(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal?: AbortSignal,
): AsyncGenerator<string, undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  // Cancelling ends a read that waits already: whoever holds the other end may never close it.
  const letGo = (): void => void reader.cancel().catch(() => {});
  signal?.addEventListener("abort", letGo);
  if (signal?.aborted) letGo();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield decoder.decode(next.value, { stream: true });
    }
    const rest = decoder.decode();
    if (rest !== "") yield rest;
  } finally {
    signal?.removeEventListener("abort", letGo);
    letGo();
  }
}
