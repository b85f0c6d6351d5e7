import { equal } from "node:assert/strict";
import { writerOf } from "../parts/composer.ts";
import { composed } from "../parts/message.ts";
import { contentLength, enveloped } from "./envelope.ts";
import { GroupText } from "./groups.ts";
import { bytesOf } from "../parts/bytes.ts";

const RESTS = ["", "abc", "a longer rest"];

/** The number, and one of three rests. */
const content = composed(true, [{
  head: bytesOf("n"),
  holes: [{ at: 1, holds: "sequence", as: "decimal", width: 0 }],
  fillings: RESTS.map(bytesOf),
  tail: bytesOf("."),
}]);

const name = new GroupText("to/{group}", { options: {}, run: "r", groupOf: (one) => one % 100 });
const head = bytesOf(`PUB ${name.text} \r\n`);
const tail = bytesOf("\r\n");
const message = enveloped(true, content, {
  head,
  holes: [...name.holes(4), contentLength(head.length - 2, head, tail)],
  tail,
});

Deno.test("enveloped() writes head, content and tail, whatever the content's length and group", () => {
  const write = writerOf(message);
  const target = new Uint8Array(message.size + 3);
  for (const [connection, sequence] of [[0, 0], [0, 1], [12, 1], [112, 2], [0, 100_001]] as const) {
    const end = write(target, 3, connection, sequence);
    const text = `n${sequence}${RESTS[(connection * 7 + sequence) % 3]}.`;
    equal(
      new TextDecoder().decode(target.subarray(3, end)),
      `PUB to/r${`${connection % 100}`.padStart(6, "0")} ${text.length}\r\n${text}\r\n`,
    );
  }
});
