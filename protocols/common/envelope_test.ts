import { equal } from "node:assert/strict";
import { bytesOf, writeDigits } from "../bytes.ts";
import { enveloped, GroupHead } from "./envelope.ts";
import { GroupText } from "./groups.ts";
import type { Message } from "../types.ts";

const decoder = new TextDecoder();
const RESTS = ["", "abc", "a longer rest"].map(bytesOf);

/** `connection:number:` and one of three rests. */
const content: Message = {
  isText: true,
  size: 50,
  parts: {
    headSize: 34,
    writeHead(target, at, connection, sequence) {
      const middle = writeDigits(target, at, connection);
      target[middle] = 58;
      const end = writeDigits(target, middle + 1, sequence);
      target[end] = 58;
      return end + 1;
    },
    count: RESTS.length,
    rest: (index) => RESTS[index]!,
    restOf: (_connection, sequence) => sequence % RESTS.length,
  },
  write(target, at, connection, sequence) {
    const end = this.parts.writeHead(target, at, connection, sequence);
    const rest = RESTS[sequence % RESTS.length]!;
    target.set(rest, end);
    return end + rest.length;
  },
};

const name = new GroupText("to/{group}", { options: {}, run: "r", groupOf: (one) => one });
const head = new GroupHead(name, (length) => [bytesOf("PUB "), bytesOf(` ${length}\r\n`)]);
const message = enveloped(true, content, {
  headSize: head.sizeFor(content.size),
  writeHead: (target, at, connection, _sequence, length) =>
    head.write(target, at, connection, length),
  tail: bytesOf("\r\n"),
});

function expected(connection: number, sequence: number): string {
  const text = `${connection}:${sequence}:${decoder.decode(RESTS[sequence % RESTS.length])}`;
  return `PUB to/r${`${connection}`.padStart(6, "0")} ${text.length}\r\n${text}\r\n`;
}

Deno.test("enveloped() writes head, content and tail, whatever the content's length and group", () => {
  const target = new Uint8Array(message.size + 3);
  for (
    const [connection, sequence] of [[0, 0], [0, 1], [12, 1], [12, 2], [0, 100_001], [
      7,
      3,
    ]] as const
  ) {
    const end = message.write(target, 3, connection, sequence);
    equal(decoder.decode(target.subarray(3, end)), expected(connection, sequence));
  }
});

Deno.test("enveloped() makes the same of parts", () => {
  const { parts } = message;
  for (const [connection, sequence] of [[0, 0], [12, 1], [3, 2], [0, 100_001]] as const) {
    const start = new Uint8Array(parts.headSize);
    const end = parts.writeHead(start, 0, connection, sequence);
    const rest = parts.rest(parts.restOf(connection, sequence));
    equal(
      decoder.decode(start.subarray(0, end)) + decoder.decode(rest),
      expected(connection, sequence),
    );
  }
});
