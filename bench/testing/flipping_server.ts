/**
 * A worker that echoes messages in whole batches, each with one bit changed: in the first batch in its first byte, and
 * so on, until there was one in every byte of a batch. Headers stay as they are. It reports its port, and how many bits
 * were changed when its client has gone. Its URL says the `batch` and the `size` of a message.
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

async function answer(connection: Deno.Conn): Promise<number> {
  using _ = connection;
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
    await writeAll(connection, out.subarray(0, end));
  }
  return faults;
}

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
self.postMessage(listener.addr.port);
self.postMessage(await answer(await listener.accept()));
