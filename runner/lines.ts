/**
 * Lines of a byte stream.
 *
 * @module
 */

/** The longest line that is kept, in characters: what is longer is cut, so that a flood cannot fill the memory. */
const LONGEST = 16 * 2 ** 20;

/** The lines of a stream of UTF-8, without their ends; a last line without an end counts. */
export async function* readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string, undefined> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!.slice(0, LONGEST);
    yield* lines;
  }
  if (rest !== "") yield rest;
}
