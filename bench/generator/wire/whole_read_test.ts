/** Replies that come many in a read: each of them is looked at, whichever way it is wrong. */

import assert from "node:assert/strict";
import { writeFrame } from "../../../clients/wire/frame/frame.ts";
import { OPCODE } from "../../../clients/wire/frame/protocol.ts";
import {
  acceptResponse,
  HandshakeRequestReader,
} from "../../../clients/wire/handshake/handshake.ts";
import { testDecoder } from "../../../clients/wire/testing/frames.ts";
import { readHandshake, readUntil, writeAll } from "../../../clients/wire/testing/peer.ts";
import type { IntegrityCounts } from "../../../measure/model/result.ts";
import { messageOf, type Payload } from "../../../scenarios/payload/payload.ts";
import { closedLoop } from "../../../scenarios/traffic/closed_loop.ts";
import { PatientExchange } from "../../testing/patient.ts";

const SIZE = 16;
/** Replies that are sent in one write. */
const BATCH = 64;
const HEADER = 2;

/** Answers in whole batches, each with one byte changed: another one in each batch, until all were. */
async function answer(connection: Deno.Conn): Promise<number> {
  const reader = new HandshakeRequestReader();
  const { decoder, events } = testDecoder({ role: "server" });
  await readHandshake(connection, reader, decoder);
  await writeAll(connection, acceptResponse(reader.key));
  let faults = 0;
  const reply = async (): Promise<void> => {
    const out = new Uint8Array(BATCH * (HEADER + SIZE));
    let end = 0;
    for (const event of events.splice(0, BATCH)) {
      assert.equal(event.kind, "binary");
      const { bytes } = event as { bytes: Uint8Array };
      end = writeFrame(out, end, OPCODE.binary, bytes, 0, SIZE, undefined);
    }
    if (faults < BATCH * SIZE) {
      const [message, at] = [Math.floor(faults / SIZE), faults % SIZE];
      out[message * (HEADER + SIZE) + HEADER + at]! ^= 1 << faults % 8;
      faults++;
    }
    await writeAll(connection, out);
  };
  while (!decoder.ended) {
    if (events.length >= BATCH) await reply();
    else await readUntil(connection, decoder, () => events.length >= BATCH || decoder.ended);
  }
  return faults;
}

async function drive(payload: Payload): Promise<{ counts: IntegrityCounts; faults: number }> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const served = listener.accept().then(async (connection) => {
    using open = connection;
    return await answer(open);
  });
  using exchange = new PatientExchange("tcp", "websocket", {
    url: `ws://127.0.0.1:${port}/`,
    payload,
    timeline: "replies",
    traffic: (load) => closedLoop(load, { connections: 1, inFlight: BATCH }),
  }, { hostname: "127.0.0.1", port });
  const { ledger } = await exchange.drive({
    warmupMs: 1,
    durationMs: 1,
    enough: () => exchange.ledger.expected(0) > BATCH * (BATCH * SIZE + 1),
  });
  return { counts: ledger.counts(), faults: await served };
}

Deno.test("WireExchange finds a changed byte at every place of a read of 64 replies, and names it as one by one", async () => {
  const payload = messageOf(SIZE);
  const { reply: _, ...oneByOne } = payload;
  const whole = await drive(payload);
  const single = await drive(oneByOne);
  assert.equal(whole.faults, BATCH * SIZE);
  assert.equal(whole.counts.corrupted, whole.faults);
  // How many were sent depends on when the window ended.
  const found = ({ counts: { sent, answered, ...rest } }: typeof whole) => ({
    ...rest,
    unanswered: sent - answered,
  });
  assert.deepEqual(found(whole), found(single));
});
