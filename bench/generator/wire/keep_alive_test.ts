/** That connections are kept alive for as long as they are ready, by the loop of an engine and where there is none. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { loadProtocol } from "../../../protocols/mod.ts";
import { json } from "../../../scenarios/payload/payload.ts";
import { closedLoop } from "../../../scenarios/traffic/closed_loop.ts";
import { PatientExchange } from "../../testing/patient.ts";
import type { Engine } from "./exchange.ts";

const KEEPING = import.meta.resolve("../../testing/keeping_protocol.ts");

const CONNECTIONS = 3;
const TIMES = 4;
/** More than come in the time of a test; what comes too early counts as many more. */
const MOST = 100_000;

for (const engine of ["epoll", "tcp"] as const satisfies readonly Engine[]) {
  Deno.test({
    name:
      `WireExchange over ${engine} keeps connections alive while they are ready, and not before`,
    ignore: engine === "epoll" && Deno.build.os !== "linux",
    async fn() {
      await loadProtocol(KEEPING);
      const server = new Worker(import.meta.resolve("../../testing/keeping_server.ts"), {
        type: "module",
      });
      const counts = new Int32Array(new SharedArrayBuffer(4 * CONNECTIONS));
      const port = await new Promise<number>((resolve) => {
        server.onmessage = ({ data }) => resolve(data);
        server.postMessage(counts);
      });
      try {
        using exchange = new PatientExchange(engine, KEEPING, {
          ...{ url: `ws://127.0.0.1:${port}/`, payload: json(64), timeline: "replies" },
          traffic: (load) => closedLoop(load, { connections: CONNECTIONS, inFlight: 1 }),
        }, { hostname: "127.0.0.1", port });
        const isAlive = (): boolean => counts.every((_, at) => Atomics.load(counts, at) >= TIMES);
        const { ledger } = await exchange.drive({
          ...{ warmupMs: 0, durationMs: 10 },
          enough: isAlive,
        });
        const { sent, answered, ...wrong } = ledger.counts();
        ok(isAlive() && counts.every((count) => count < MOST), counts.join());
        ok(sent > 0 && answered === sent);
        deepEqual(wrong, { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 });
        equal(exchange.busyCount, 0);
      } finally {
        server.terminate();
      }
    },
  });
}
