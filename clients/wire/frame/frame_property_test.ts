import assert from "node:assert/strict";
import { ProtocolError } from "./frame.ts";
import { randomStream } from "../../../checks/fuzz/frame_stream.ts";
import { mutate, Random } from "../../../checks/fuzz/target.ts";
import { type Event, testDecoder } from "../testing/frames.ts";

/** The events of a stream that is cut at `cuts`. */
function decode(bytes: Uint8Array, cuts: readonly number[], role: "client" | "server"): Event[] {
  const { decoder, events } = testDecoder({ role });
  const own = new Uint8Array(bytes);
  let start = 0;
  for (const end of cuts) {
    decoder.push(own, start, end);
    start = end;
  }
  return events;
}

const everyByte = (bytes: Uint8Array): number[] => Array.from(bytes, (_, at) => at + 1);

for (const role of ["client", "server"] as const) {
  Deno.test(`FrameDecoder, ${role}, decodes a valid stream alike however it is split`, () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = new Random(seed);
      const { bytes, log } = randomStream(random, role === "server");
      const whole = decode(bytes, [bytes.length], role);
      assert.equal(whole.length, log.length);
      assert.deepEqual(decode(bytes, random.cuts(bytes.length), role), whole, `seed ${seed}`);
      if (bytes.length < 2000) {
        assert.deepEqual(decode(bytes, everyByte(bytes), role), whole, `seed ${seed}`);
      }
    }
  });

  Deno.test(`FrameDecoder, ${role}, cut at any one place decodes alike`, () => {
    const { bytes } = randomStream(new Random(0x51), role === "server");
    const whole = decode(bytes, [bytes.length], role);
    const last = Math.min(bytes.length, 1500);
    for (let cut = 0; cut <= last; cut++) {
      assert.deepEqual(decode(bytes, [cut, bytes.length], role), whole, `cut at ${cut}`);
    }
  });

  Deno.test(`FrameDecoder, ${role}, fails on damaged streams only with a ProtocolError`, () => {
    let refused = 0;
    for (let seed = 0; seed < 2000; seed++) {
      const random = new Random(seed);
      const { bytes } = randomStream(random, role === "server");
      const damaged = random.chance(0.5) ? random.bytes(60) : mutate(random, bytes);
      try {
        decode(damaged, random.cuts(damaged.length), role);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        refused++;
      }
    }
    assert.ok(refused > 500);
  });
}
