/**
 * Lines of a byte stream.
 *
 * @module
 */

/** The longest line that is kept, in characters: what is longer is cut, so that a flood cannot fill the memory. */
const LONGEST = 64 * 2 ** 20;

/** The lines of a stream of UTF-8, without their ends; a last line without an end counts. */
export async function* readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  longest: number = LONGEST,
): AsyncGenerator<string, undefined> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    // Only what is new is searched: a line that comes in a thousand pieces is not looked through a thousand times.
    const [first = "", ...more] = chunk.split("\n");
    if (rest.length < longest) rest = (rest + first).slice(0, longest);
    for (const next of more) {
      yield rest;
      rest = next.slice(0, longest);
    }
  }
  if (rest !== "") yield rest;
}
