/** Compressed messages against npm:ws over real sockets, in both modes. */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { constants, deflateRawSync } from "node:zlib";
// @ts-types="npm:@types/ws@^8"
import type { RawData } from "ws";
import { deflateRest, STORED_HEADER_SIZE, writeStoredHeader } from "./deflated.ts";
import { OPCODE, writeFrame } from "../frame/frame.ts";
import { RSV1 } from "../frame/frame_rules.ts";
import { Random } from "../../../checks/fuzz/target.ts";
import type { Deflate } from "./handshake.ts";
import { type Client, readUntil, withClient, writeAll } from "../testing/peer.ts";

const MODES: readonly Deflate[] = ["takeover", "no-takeover"];
const SIZES = [0, 1, 2, 125, 65_535, 65_536, 2 ** 20];
const random = new Random(11);

/** A frame; the first of a compressed message is marked. */
function frame(opcode: number, payload: Uint8Array, isMarked: boolean, fin = true): Uint8Array {
  const target = new Uint8Array(payload.length + 14);
  const end = writeFrame(
    target,
    0,
    opcode,
    payload,
    0,
    payload.length,
    random.uint32(),
    fin,
  );
  if (isMarked) target[0]! |= RSV1;
  return target.subarray(0, end);
}

/** As the load generator makes them: up to ten bytes stored, the rest compressed. */
function inAdvance(message: Uint8Array): Uint8Array {
  const head = message.subarray(0, 10);
  const rest = deflateRest(message.subarray(10));
  const payload = new Uint8Array(STORED_HEADER_SIZE + head.length + rest.length);
  writeStoredHeader(payload, 0, head.length);
  payload.set(head, STORED_HEADER_SIZE);
  payload.set(rest, STORED_HEADER_SIZE + head.length);
  return payload;
}

function usual(message: Uint8Array): Uint8Array {
  const all = deflateRawSync(message, { finishFlush: constants.Z_SYNC_FLUSH });
  return all.subarray(0, all.length - 4);
}

async function echoed({ connection, decoder, events }: Client, bytes: Uint8Array): Promise<void> {
  const count = events.length + 1;
  await Promise.all([
    writeAll(connection, bytes),
    readUntil(connection, decoder, () => events.length === count),
  ]);
}

for (const mode of MODES) {
  Deno.test(`as a client of ws with ${mode}: messages of all sizes come back`, () =>
    withClient(async (client) => {
      const { events, socket, decoder } = client;
      socket.on("message", (data: RawData, isBinary) => socket.send(data, { binary: isBinary }));
      for (const size of SIZES) {
        const text = new Uint8Array(size).map((_, at) => 97 + at * at % 26);
        for (const [kind, message] of [["text", text], ["binary", random.bytes(size)]] as const) {
          for (const compress of [inAdvance, usual]) {
            await echoed(client, frame(OPCODE[kind], compress(message), true));
            const event = events.pop();
            assert.ok(event?.kind === kind, `${kind}, ${size}`);
            assert.equal(Buffer.compare(event.bytes, message), 0, `${kind}, ${size}`);
          }
        }
      }
      assert.ok(decoder.wireBytes > 2 ** 21);
    }, mode));

  Deno.test(`as a client of ws with ${mode}: fragments both ways`, () =>
    withClient(async (client) => {
      const { connection, decoder, events, socket } = client;
      const message = new TextEncoder().encode("some text, some text. ".repeat(500));
      const payload = inAdvance(message);
      socket.on("message", (data: Buffer, isBinary) => {
        socket.send(data.subarray(0, 100), { binary: isBinary, fin: false });
        socket.ping("p");
        socket.send(data.subarray(100), { binary: isBinary, fin: true });
      });
      for (let round = 0; round < 3; round++) {
        await writeAll(connection, frame(OPCODE.text, payload.subarray(0, 4), true, false));
        await writeAll(connection, frame(OPCODE.ping, new Uint8Array(), false));
        await writeAll(connection, frame(OPCODE.continuation, payload.subarray(4), false));
        await readUntil(connection, decoder, () => events.length === 3);
        assert.deepEqual(
          events.splice(0).map((event) =>
            event.kind === "text" ? String(Buffer.from(event.bytes)) : event.kind
          ).sort(),
          ["ping", "pong", String(Buffer.from(message))],
        );
      }
    }, mode));

  Deno.test(`as a client of ws with ${mode}: small messages that resemble each other`, () =>
    withClient(async (client) => {
      const { events, socket } = client;
      socket.on("message", (data: RawData, isBinary) => socket.send(data, { binary: isBinary }));
      let expected = 0;
      for (let index = 0; index < 300; index++) {
        const message = new TextEncoder().encode(`{"index":${index},"text":"much the same"}`);
        await echoed(client, frame(OPCODE.text, inAdvance(message), true));
        const event = events.pop();
        assert.ok(event?.kind === "text");
        assert.deepEqual(event.bytes, message);
        expected += message.length;
      }
      const { wireBytes } = client.decoder;
      assert.ok(mode === "takeover" ? wireBytes < expected / 2 : wireBytes > expected / 2);
    }, mode));

  Deno.test(`as a client of ws that declines ${mode}`, () =>
    assert.rejects(withClient(async () => {}, mode, false), {
      name: "HandshakeError",
      kind: "extension",
      message: "The server did not agree to compress",
    }));
}
