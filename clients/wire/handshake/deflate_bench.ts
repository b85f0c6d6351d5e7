import { constants, deflateRawSync } from "node:zlib";
import { type Inflater, messageInflater, windowInflater } from "./inflater.ts";

/** Messages for each iteration, so that the clock's own cost does not count: divide by it. */
const MESSAGES = 64;

const SIZES = [64, 1024, 16_384];

/** Text of records, no two of them alike. */
function message(size: number, index: number): Uint8Array {
  let text = "";
  for (let id = index * 1000; text.length < size; id++) {
    text += `{"id":${id * 7919},"name":"name ${id % 97}","active":${id % 3 === 0}},`;
  }
  return new TextEncoder().encode(text.slice(0, size));
}

function deflated(plain: Uint8Array): Uint8Array {
  const all = deflateRawSync(plain, { finishFlush: constants.Z_SYNC_FLUSH });
  return new Uint8Array(all.subarray(0, all.length - 4));
}

const inflaters: readonly (readonly [string, Inflater])[] = [
  ["messageInflater", messageInflater],
  ["windowInflater()", windowInflater(15)],
];

for (const size of SIZES) {
  const payloads = Array.from({ length: MESSAGES }, (_, index) => deflated(message(size, index)));
  for (const [name, inflater] of inflaters) {
    Deno.bench(`${name}: ${size} B`, { group: `${MESSAGES} messages of ${size} B` }, () => {
      for (const payload of payloads) inflater.inflate(payload, 0, payload.length, 2 ** 20);
    });
  }
}
