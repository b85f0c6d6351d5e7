/**
 * Drives a server with the wire client over epoll or io_uring, and prints as one JSON line how many bytes V8 allocated for so
 * many messages (right if nothing was collected meanwhile) and how many of them are still held. Its arguments: the
 * server's URL, the messages, the engine; if it is not an echo, the protocol and its options as JSON.
 *
 * By itself: `deno run -A --v8-flags=--expose-gc,--min-semi-space-size=256,--max-semi-space-size=256 bench/testing/allocation.ts ws://127.0.0.1:8765/ 1000000 epoll`
 */

import { closedLoop } from "../../scenarios/traffic/closed_loop.ts";
import { json, numbered, SMALLEST_JSON } from "../../scenarios/payload/payload.ts";
import { addressOf } from "../process/reachability.ts";
import { type Engine, WireExchange } from "../generator/wire/exchange.ts";

const [url = "", count = "", engine = "", protocol = "websocket", options = "{}"] = Deno.args;
const messages = Number(count);
const PATIENCE_MS = 600_000;
const CONNECTIONS = 16;
const { gc } = globalThis as unknown as { readonly gc: () => void };

using exchange = new WireExchange(engine as Engine, protocol, {
  url,
  connect: { protocolOptions: JSON.parse(options) },
  payload: protocol === "websocket" ? numbered(16) : json(SMALLEST_JSON),
  timeline: "replies",
  traffic: (load) => closedLoop(load, { connections: CONNECTIONS, inFlight: 16 }),
}, await addressOf(url));

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
const usedBefore = Deno.memoryUsage().heapUsed;
const before = answered();
await exchangeSome(messages);
const usedAfter = Deno.memoryUsage().heapUsed;
const exchanged = answered() - before;
const held = heldBytes() - heldBefore;

exchange.end();
const { corrupted, duplicated, reordered } = exchange.ledger.counts();
exchange.disconnect();
await exchange.until(PATIENCE_MS, () => exchange.busyCount === 0);
const wrong = corrupted + duplicated + reordered;
const line = JSON.stringify({ exchanged, allocated: usedAfter - usedBefore, held, wrong });
Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
