/**
 * A worker that echoes messages in whole batches, each with one bit changed: in the first batch in its first byte, and
 * so on, until there was one in every byte of a batch. Headers stay as they are. It reports its port, and how many bits
 * were changed when its client has gone. Its URL says the `batch` and the `size` of a message; and whether a batch is `cut`:
 * written in two pieces, the second one when the first was answered.
 */

import { writeFrame } from "../../clients/wire/frame/frame.ts";
import { OPCODE } from "../../clients/wire/frame/protocol.ts";
import { acceptResponse, HandshakeRequestReader } from "../../clients/wire/handshake/handshake.ts";
import { testDecoder } from "../../clients/wire/testing/frames.ts";
import { readHandshake, readUntil, writeAll } from "../../clients/wire/testing/peer.ts";

declare const self: { postMessage(message: number): void };

const { searchParams } = new URL(import.meta.url);
const batch = Number(searchParams.get("batch"));
const size = Number(searchParams.get("size"));
const isCut = searchParams.has("cut");

async function answer(connection: Deno.TcpConn): Promise<number> {
  using _ = connection;
  connection.setNoDelay();
  const reader = new HandshakeRequestReader();
  const { decoder, events } = testDecoder({ role: "server" });
  await readHandshake(connection, reader, decoder);
  await writeAll(connection, acceptResponse(reader.key));
  let faults = 0;
  while (!decoder.ended) {
    await readUntil(connection, decoder, () => events.length >= batch || decoder.ended);
    if (events.length < batch) continue;
    const out = new Uint8Array(batch * (size + 10));
    let end = 0;
    for (const [place, event] of events.splice(0, batch).entries()) {
      if (!("bytes" in event) || event.bytes.length !== size) throw new Error("another message");
      const opcode = event.kind === "text" ? OPCODE.text : OPCODE.binary;
      if (place === Math.floor(faults / size)) event.bytes[faults % size]! ^= 1 << faults % 8;
      end = writeFrame(out, end, opcode, event.bytes, 0, size, undefined);
    }
    if (faults < batch * size) faults++;
    // A wrong reply may be answered only after the next one.
    const first = 4 * end / batch;
    // In the end the client answers no more.
    const cut = isCut && faults < batch * size ? first + faults * 7 % (end - first) : 0;
    await writeAll(connection, out.subarray(0, cut));
    // The client has read a piece when it answers.
    if (cut > 0) await readUntil(connection, decoder, () => events.length > 0 || decoder.ended);
    await writeAll(connection, out.subarray(cut, end));
  }
  return faults;
}

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
self.postMessage(listener.addr.port);
self.postMessage(await answer(await listener.accept()));
