/**
 * Opens connections to a server with the wire client, sends a message on each, and prints the resident memory of this
 * process when all are answered and silent, in bytes. Its arguments: the server's URL, the engine, the connections.
 */

import { idle } from "../../scenarios/traffic/idle.ts";
import { fixedText } from "../../scenarios/payload/payload.ts";
import { addressOf } from "../process/reachability.ts";
import { type Engine, WireExchange } from "../generator/wire/exchange.ts";

const [url = "", engine = "", count = ""] = Deno.args;
const connections = Number(count);
const PATIENCE_MS = 60_000;

using exchange = new WireExchange(engine as Engine, "websocket", {
  url,
  payload: fixedText("hi"),
  timeline: "handshakes",
  traffic: (load) => idle(load, { warm: connections, connections: 0 }),
}, await addressOf(url));

exchange.connect();
await exchange.until(PATIENCE_MS, () => exchange.openCount === connections);
exchange.start(exchange.now());
const isAnswered = await exchange.until(PATIENCE_MS, () => exchange.isSettled);
if (!isAnswered || exchange.openCount < connections) throw new Error("Not all were answered");
Deno.stdout.writeSync(new TextEncoder().encode(`${Deno.memoryUsage().rss}\n`));
Deno.exit(0);
