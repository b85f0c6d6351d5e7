import assert from "node:assert/strict";
import { constants, createDeflateRaw, deflateRawSync } from "node:zlib";
import { Random } from "../../../checks/fuzz/target.ts";
import { type Inflater, inflaterFor, messageInflater, windowInflater } from "./inflater.ts";
import { ProtocolError } from "../frame/protocol.ts";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.split(" ").filter((byte) => byte !== ""), (byte) => parseInt(byte, 16));

function inflate(inflater: Inflater, payload: Uint8Array, most = 2 ** 21): Uint8Array {
  const buffer = new Uint8Array(payload.length + 9).fill(0xee);
  buffer.set(payload, 5);
  const length = inflater.inflate(buffer, 5, 5 + payload.length, most);
  return inflater.output.slice(0, length);
}

/** Makes an inflater that is given back at the end. */
function windowed(bits = 15): Inflater & Disposable {
  const inflater = windowInflater(bits);
  return {
    get output() {
      return inflater.output;
    },
    inflate: inflater.inflate,
    release: inflater.release,
    [Symbol.dispose]: inflater.release,
  };
}

function alone(message: Uint8Array, level = 6): Uint8Array {
  const all = deflateRawSync(message, { finishFlush: constants.Z_SYNC_FLUSH, level });
  return new Uint8Array(all.subarray(0, all.length - 4));
}

/** Compresses messages that refer to those before them. */
async function inTurn(messages: readonly Uint8Array[], windowBits = 15): Promise<Uint8Array[]> {
  const stream = createDeflateRaw({ windowBits });
  const pieces: Uint8Array[] = [];
  stream.on("data", (piece: Uint8Array) => pieces.push(piece));
  const payloads: Uint8Array[] = [];
  for (const message of messages) {
    stream.write(message);
    await new Promise<void>((resolve) => stream.flush(constants.Z_SYNC_FLUSH, () => resolve()));
    const all = Uint8Array.from(pieces.splice(0).flatMap((piece) => [...piece]));
    payloads.push(all.subarray(0, all.length - 4));
  }
  stream.close();
  return payloads;
}

// RFC 7692 §7.2.3.1, .3, .4, .5 and .6
for (
  const [name, hex, message] of [
    ["one block", "f2 48 cd c9 c9 07 00", "Hello"],
    ["a block that is not compressed", "00 05 00 fa ff 48 65 6c 6c 6f 00", "Hello"],
    ["a last block", "f3 48 cd c9 c9 07 00 00", "Hello"],
    ["two blocks", "f2 48 05 00 00 00 ff ff ca c9 c9 07 00", "Hello"],
    ["an empty message", "02 00", ""],
    ["an empty message of a stored block", "00", ""],
  ] as const
) {
  Deno.test(`Inflater reads the example of RFC 7692 §7.2.3: ${name}`, () => {
    using inflater = windowed();
    for (const one of [inflater, messageInflater]) {
      assert.equal(text(inflate(one, bytesOf(hex))), message);
      assert.equal(text(inflate(one, bytesOf(hex))), message, "again");
    }
  });
}

Deno.test("windowInflater() reads the second example of RFC 7692 §7.2.3.2, messageInflater does not", () => {
  using inflater = windowed();
  assert.equal(text(inflate(inflater, bytesOf("f2 48 cd c9 c9 07 00"))), "Hello");
  assert.equal(text(inflate(inflater, bytesOf("f2 00 11 00 00"))), "Hello");
  inflate(messageInflater, bytesOf("f2 48 cd c9 c9 07 00"));
  assert.throws(() => inflate(messageInflater, bytesOf("f2 00 11 00 00")), {
    name: "ProtocolError",
    kind: "invalid compressed data",
    message: "Cannot inflate a message: invalid distance too far back",
  });
  assert.equal(text(inflate(messageInflater, bytesOf("f2 48 cd c9 c9 07 00"))), "Hello");
});

for (const bits of [9, 12, 15]) {
  Deno.test(`windowInflater() keeps a window of 2^${bits} bytes over messages of all sizes`, async () => {
    const random = new Random(bits);
    const words = Array.from({ length: 50 }, () => random.bytes(1 + random.below(40)));
    const messages = Array.from({ length: 60 }, (_, index) => {
      const count = [0, 1, 3, 200, 3000][index % 5]!;
      return Uint8Array.from(Array.from({ length: count }, () => [...random.pick(words)]).flat());
    });
    const payloads = await inTurn(messages, bits);
    using inflater = windowed(bits);
    // Another connection in between has its own window.
    using other = windowed(bits);
    for (const [index, payload] of payloads.entries()) {
      assert.deepEqual(inflate(inflater, payload), messages[index]);
      assert.deepEqual(inflate(other, payload), messages[index]);
      inflate(messageInflater, alone(words[0]!));
    }
  });
}

Deno.test("messageInflater reads messages of up to 1 MiB, compressible and not", () => {
  const random = new Random(1);
  for (const size of [0, 1, 2, 100, 65_535, 65_536, 2 ** 20]) {
    for (const message of [new Uint8Array(size).fill(7), random.bytes(size)]) {
      for (const level of [0, 1, 9]) {
        assert.deepEqual(inflate(messageInflater, alone(message, level)), message);
      }
    }
  }
});

Deno.test("Inflater refuses what grows beyond the limit, and holds little of it", () => {
  const bomb = alone(new Uint8Array(64 * 2 ** 20));
  using inflater = windowed();
  for (const one of [inflater, messageInflater]) {
    assert.throws(() => inflate(one, bomb, 2 ** 20), {
      name: "ProtocolError",
      kind: "message too big",
    });
    assert.ok(one.output.length <= 4 * 2 ** 20, `${one.output.length}`);
  }
  assert.deepEqual(inflate(messageInflater, alone(new Uint8Array(1000)), 1000).length, 1000);
  assert.throws(() => inflate(messageInflater, alone(new Uint8Array(1001)), 1000), ProtocolError);
});

Deno.test("Inflater refuses a payload of no bytes, which no message is compressed to", () => {
  using inflater = windowed();
  for (const one of [inflater, messageInflater]) {
    assert.throws(() => inflate(one, new Uint8Array()), { kind: "invalid compressed data" });
  }
});

Deno.test("messageInflater refuses damaged messages or reads something, and then reads right ones", () => {
  const random = new Random(3);
  const right = new TextEncoder().encode(JSON.stringify({ a: [1, 2, 3], b: "text, text, text" }));
  const payload = alone(right);
  let refused = 0;
  for (let round = 0; round < 2000; round++) {
    const damaged = random.chance(0.5) ? random.bytes(random.below(40)) : payload.slice();
    if (damaged.length > 0) damaged[random.below(damaged.length)]! ^= 1 << random.below(8);
    try {
      inflate(messageInflater, damaged, 2 ** 16);
    } catch (error) {
      assert.ok(error instanceof ProtocolError, String(error));
      refused++;
    }
    assert.deepEqual(inflate(messageInflater, payload), right);
  }
  assert.ok(refused > 500, `${refused} were refused`);
});

Deno.test("windowInflater() can be released twice, and before it was used", () => {
  const inflater = windowInflater(15);
  inflater.release();
  inflate(inflater, bytesOf("f2 48 cd c9 c9 07 00"));
  inflater.release();
  inflater.release();
});

Deno.test("inflaterFor() gives a window if messages refer to those before them", () => {
  const forgets = { serverTakeover: false, serverWindowBits: 15 };
  assert.equal(inflaterFor(forgets), messageInflater);
  const inflater = inflaterFor({ serverTakeover: true, serverWindowBits: 8 });
  assert.notEqual(inflater, messageInflater);
  inflate(inflater, bytesOf("f2 48 cd c9 c9 07 00"));
  assert.equal(text(inflate(inflater, bytesOf("f2 00 11 00 00"))), "Hello");
  inflater.release();
});
