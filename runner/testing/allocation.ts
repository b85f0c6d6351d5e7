/**
 * Drives a server with the wire client over epoll, and prints as one JSON line how many bytes V8 allocated and how many
 * of them are still held after so many messages. Its arguments: the server's URL, the messages.
 *
 * By itself: `deno run -A --v8-flags=--expose-gc runner/testing/allocation.ts ws://127.0.0.1:8765/ 1000000`
 *
 * @module
 */

import v8 from "node:v8";
import { closedLoop } from "../../load/closed_loop.ts";
import { numbered } from "../../load/payload.ts";
import { WireExchange } from "../wire_exchange.ts";

const [url = "", count = ""] = Deno.args;
const messages = Number(count);
const PATIENCE_MS = 60_000;
const CONNECTIONS = 16;
const { gc } = globalThis as unknown as { readonly gc: () => void };

using exchange = new WireExchange("epoll", "websocket", {
  url,
  payload: numbered(16),
  timeline: "replies",
  traffic: (load) => closedLoop(load, { connections: CONNECTIONS, inFlight: 16 }),
});

function answered(): number {
  return exchange.recorder.counts(CONNECTIONS).replies;
}

/** Lets so many messages be answered. */
async function exchangeSome(wanted: number): Promise<void> {
  const until = answered() + wanted;
  if (!await exchange.until(PATIENCE_MS, () => answered() >= until)) {
    throw new Error(`Only ${answered()} messages were answered in ${PATIENCE_MS} ms`);
  }
}

function allocatedBytes(): number {
  return (v8.getHeapStatistics() as unknown as { total_allocated_bytes: number })
    .total_allocated_bytes;
}

function heldBytes(): number {
  gc();
  return Deno.memoryUsage().heapUsed;
}

exchange.connect();
await exchange.until(PATIENCE_MS, () => exchange.openCount === CONNECTIONS);
exchange.start(exchange.now());
exchange.recorder.begin(exchange.now());
// Until the code is compiled, and its feedback is gathered.
await exchangeSome(messages / 2);

const heldBefore = heldBytes();
const allocatedBefore = allocatedBytes();
const usedBefore = Deno.memoryUsage().heapUsed;
const before = answered();
await exchangeSome(messages);
const usedAfter = Deno.memoryUsage().heapUsed;
const allocated = allocatedBytes() - allocatedBefore;
const exchanged = answered() - before;
const held = heldBytes() - heldBefore;

exchange.end();
const { corrupted, duplicated, reordered } = exchange.ledger.counts();
exchange.disconnect();
await exchange.until(PATIENCE_MS, () => exchange.busyCount === 0);
console.log(JSON.stringify({ exchanged, allocated, used: usedAfter - usedBefore, held, wrong: corrupted + duplicated + reordered }));
