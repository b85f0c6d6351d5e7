/** What the hot loop costs the garbage collector, measured in a separate process whose young generation holds it all. */

import assert from "node:assert/strict";
import { reference } from "../../servers/mod.ts";
import { needing } from "../../checks/testing/needs.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { startServer } from "../process/server_process.ts";
import { answeringServer } from "../testing/plans.ts";
import { engines } from "../testing/engines.ts";
import { minimalBroker } from "../testing/plans.ts";
import type { Engine } from "./wire/exchange.ts";

const MESSAGES = 1_000_000;
/**
 * In bytes a message. An object of any kind has 16 at least: one for each message would be more. What is found is
 * below 2, most of it made once a read.
 */
const MOST_ALLOCATED = 12;
/** Bytes that may be held in the end, whatever was exchanged: code and feedback. */
const MOST_HELD = 1_000_000;
/** Room for all that is allocated, so that nothing of it is collected before it is counted. */
const FLAGS = "--expose-gc,--trace-gc,--min-semi-space-size=256,--max-semi-space-size=256";

async function allocatesNothing(
  engine: Engine,
  entry: ServerEntry,
  spoken: readonly string[] = [],
): Promise<void> {
  const server = await startServer(entry);
  const program = import.meta.resolve("../testing/allocation.ts");
  const output = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--allow-all", `--v8-flags=${FLAGS}`, program],
      ...[server.ready.url, String(MESSAGES), engine, ...spoken],
    ],
  }).output().finally(() => server.stop());
  const stderr = new TextDecoder().decode(output.stderr);
  assert.ok(output.success, stderr);

  const lines = new TextDecoder().decode(output.stdout).trim().split("\n");
  const found = JSON.parse(lines.find((line) => line.startsWith("{")) ?? "null");
  assert.ok(found.exchanged >= MESSAGES);
  assert.equal(found.wrong, 0);
  // Those that the program asks for itself say so.
  const collections = lines.filter((line) => / ms: /.test(line) && !line.includes("testing;"));
  assert.deepEqual(collections, [], "nothing is collected while it is counted");
  const each = found.allocated / found.exchanged;
  assert.ok(each >= 0 && each < MOST_ALLOCATED, `${each} bytes a message were allocated`);
  assert.ok(found.held < MOST_HELD, `${found.held} bytes are held after the exchange`);
}

// What Deno does for each read and write over tcp is not counted here.
for (const { engine, needs } of engines.filter(({ engine }) => engine !== "tcp")) {
  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} allocates no object for a message`,
    fn: () => allocatesNothing(engine, reference),
  }));
  Deno.test(needing([...needs, "Linux"], {
    name: `WireExchange over ${engine} allocates no object for a message of MQTT`,
    fn: () => allocatesNothing(engine, minimalBroker, ["mqtt"]),
  }));
}

const ID_OPTIONS = {
  message: '{"id":{sequence},"type":"say","data":"{payload}"}',
  reply: { id: "/id", payload: "/data" },
};

for (
  const [protocol, options] of [
    ["messages", ID_OPTIONS],
    ["json-rpc", {}],
  ] as const
) {
  Deno.test(needing(["Linux"], {
    name: `WireExchange over epoll allocates no object for a message of ${protocol}`,
    fn: () => allocatesNothing("epoll", answeringServer(), [protocol, JSON.stringify(options)]),
  }));
}
