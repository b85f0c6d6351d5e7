import assert from "node:assert/strict";
import { readLines } from "./lines.ts";

async function linesOf(
  ...chunks: readonly (string | Uint8Array<ArrayBuffer>)[]
): Promise<string[]> {
  const bytes = chunks.map((chunk) =>
    typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk
  );
  return await Array.fromAsync(readLines(ReadableStream.from(bytes)));
}

Deno.test("readLines() joins lines over chunks", async () => {
  assert.deepEqual(await linesOf("a\nb", "c\n", "\nd\n"), ["a", "bc", "", "d"]);
});

Deno.test("readLines() gives a last line that has no end", async () => {
  assert.deepEqual(await linesOf("a\nb"), ["a", "b"]);
});

Deno.test("readLines() joins a character over chunks", async () => {
  const [first, ...rest] = new TextEncoder().encode("é\n");
  assert.deepEqual(await linesOf(Uint8Array.of(first!), Uint8Array.from(rest)), ["é"]);
});

Deno.test("readLines() gives nothing for an empty stream", async () => {
  assert.deepEqual(await linesOf(), []);
});

Deno.test("readLines() cuts a line that is too long, and goes on with the next", async () => {
  const stream = ReadableStream.from(["abc", "def", "gh\nij", "klmno\np"])
    .pipeThrough(new TextEncoderStream());
  assert.deepEqual(await Array.fromAsync(readLines(stream, 4)), ["abcd", "ijkl", "p"]);
});

Deno.test("readLines() cuts a line without an end, and goes on behind it", async () => {
  const flood = ["xxx", "xxx", "xxx\nnext\n"].map((text) => new TextEncoder().encode(text));
  assert.deepEqual(await Array.fromAsync(readLines(ReadableStream.from(flood), 5)), [
    "xxxxx",
    "next",
  ]);
});

Deno.test("readLines() ends at its signal, also while it waits for a stream that never ends", async () => {
  const ending = new AbortController();
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(new TextEncoder().encode("a\nb")),
    cancel: () => void (cancelled = true),
  });
  const lines = readLines(stream, undefined, ending.signal);
  assert.equal((await lines.next()).value, "a");
  const waiting = lines.next();
  ending.abort();
  assert.equal((await waiting).value, "b");
  assert.equal((await lines.next()).done, true);
  assert.ok(cancelled);
});
