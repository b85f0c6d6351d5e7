/** Clients that read late, against servers that each do something else about it. */

import assert from "node:assert/strict";
import { type Beside, closedLoopBeside } from "../../scenarios/traffic/beside.ts";
import { json } from "../../scenarios/payload/payload.ts";
import { byConnection } from "../../scenarios/payload/by_connection.ts";
import { type AccountCounts, countsOf } from "../../measure/record/accounts/mod.ts";
import type { CompletedTrial, IntegrityCounts } from "../../measure/model/result.ts";
import { slowReader } from "../../scenarios/slow_reader.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { needing } from "../../checks/testing/needs.ts";
import type { DriveOutcome } from "../generator/drive.ts";
import { startServer } from "../process/server_process.ts";
import { engines } from "../testing/engines.ts";
import { PatientExchange } from "../testing/patient.ts";
import { faultyServer, plannedTrial } from "../testing/plans.ts";
import { runTrial } from "./trial.ts";
import type { Engine } from "../generator/wire/exchange.ts";
import { assertCompleted } from "../testing/trials.ts";

const onLinux = Deno.build.os === "linux";
const SIZE = 16 * 1024;
/** More than the systems' buffers hold: 32 MiB. */
const MESSAGES = 2048;
const MEASURED = 3;

type Manner = "stop" | "terminate" | "resign" | "skip" | "queue";

function overflowingServer(manner: Manner): ServerEntry {
  const program = import.meta.resolve("../testing/overflowing_server.ts");
  const command = [Deno.execPath(), "run", "--allow-all", "--quiet", program, manner];
  return {
    ...faultyServer("none"),
    id: manner,
    launch: { by: "contract", command: () => command },
  };
}

interface Found extends DriveOutcome {
  readonly bulk: NonNullable<AccountCounts["bulk"]>;
  readonly counts: IntegrityCounts;
  /** Connections that are left when all is over. */
  readonly left: number;
}

/** Drives a server for a while, with one connection beside three. */
async function run(engine: Engine, manner: Manner, reads: Beside["reads"]): Promise<Found> {
  const server = await startServer(overflowingServer(manner));
  try {
    const { hostname, port, href } = new URL(server.ready.url);
    using exchange = new PatientExchange(engine, "websocket", {
      url: href,
      payload: byConnection([
        { connections: MEASURED, payload: json(64) },
        { connections: 1, payload: json(SIZE) },
      ]),
      timeline: "replies",
      traffic: (load) =>
        closedLoopBeside(load, {
          connections: MEASURED,
          beside: { connections: 1, messages: MESSAGES, size: SIZE, reads },
        }),
    }, { hostname, port: Number(port) });
    const outcome = await exchange.drive({
      warmupMs: 20,
      durationMs: 300,
      enough: enoughOf(exchange, manner, engine),
      // What is dropped never comes.
      ...(manner === "skip" && { drainMs: 1000 }),
    });
    return {
      ...outcome,
      bulk: countsOf(outcome.recorder.accounts).bulk!,
      counts: outcome.ledger.counts(),
      left: exchange.busyCount,
    };
  } finally {
    await server.stop();
  }
}

/** After so many looks in which the system takes no more, it will not. */
const STILL = 50;

/** Whether each of the measured ones has had a reply, and the server has met what it is to do something about. */
function enoughOf(exchange: PatientExchange, manner: Manner, engine: Engine): () => boolean {
  const isHeardOf = engine !== "tcp" && manner === "terminate";
  let before = 0;
  let looks = 0;
  return () => {
    const { taken, closed } = countsOf(exchange.recorder.accounts).bulk!;
    looks = taken === before ? looks + 1 : 0;
    before = taken;
    if (!exchange.isServed || taken === 0) return false;
    if (isHeardOf) return closed === 1;
    // With plain TCP, a client that does not read does not notice the end.
    return manner === "stop" || closed === 1 || taken === MESSAGES || looks > STILL;
  };
}

/** What holds for every server: the measured ones are served, and they alone are measured. */
function assertMeasured({ recorder, connections, lasting, left, bulk }: Found): void {
  const { replies, replyBytes } = recorder.counts(connections);
  assert.ok(replies > 0, `only ${replies} replies`);
  assert.equal(replyBytes, replies * 64, "the large messages are not counted");
  assert.equal(recorder.serviceTime.count, recorder.counts(connections).sent);
  assert.equal(lasting, MEASURED);
  assert.ok(recorder.spread(lasting)!.min > 0);
  assert.equal(left, 0);
  const { connections: beside, messages, size } = bulk;
  assert.deepEqual({ beside, messages, size }, { beside: 1, messages: MESSAGES, size: SIZE });
}

const RIGHT = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };

for (const { engine, needs } of engines) {
  const test = (name: string, fn: () => Promise<void>): void =>
    Deno.test(needing(needs, { name: `${name}, over ${engine}`, fn }));

  test("a late reader gets every reply of a server that queues them", async () => {
    const found = await run(engine, "queue", "late");
    assertMeasured(found);
    const { sent, answered, ...wrong } = found.counts;
    assert.deepEqual([answered, wrong], [sent, RIGHT]);
    const { taken, lateMs, closed } = found.bulk;
    assert.ok(taken > 0, `only ${taken} messages were taken`);
    assert.ok(lateMs !== null && lateMs > 0, "they came after the window");
    assert.equal(closed, 0);
  });

  test("a prompt reader reads while it sends", async () => {
    const found = await run(engine, "queue", "promptly");
    assertMeasured(found);
    const { sent, answered, ...wrong } = found.counts;
    assert.deepEqual([answered, wrong], [sent, RIGHT]);
    assert.ok(found.bulk.taken > 0);
  });

  test("a late reader gets every reply of a server that stops to read", async () => {
    const found = await run(engine, "stop", "late");
    assertMeasured(found);
    const { sent, answered, ...wrong } = found.counts;
    assert.deepEqual([answered, wrong], [sent, RIGHT]);
    const { taken, closed } = found.bulk;
    assert.ok(taken > 0 && taken < MESSAGES, `${taken} messages were taken`);
    assert.equal(closed, 0);
  });

  for (const manner of ["terminate", "resign"] as const) {
    test(`a server that closes a late reader (${manner}) makes no failure and no loss`, async () => {
      const found = await run(engine, manner, "late");
      assertMeasured(found);
      const { sent, answered, ...wrong } = found.counts;
      const { taken, closed, abandoned } = found.bulk;
      assert.deepEqual(wrong, RIGHT);
      assert.equal(closed, 1);
      assert.ok(abandoned > 0 && abandoned <= taken);
      assert.equal(sent, answered + abandoned);
    });
  }

  test("the replies that a server drops are lost", async () => {
    const found = await run(engine, "skip", "late");
    assertMeasured(found);
    const { sent, answered, lost, ...wrong } = found.counts;
    assert.deepEqual(wrong, { duplicated: 0, reordered: 0, corrupted: 0 });
    assert.ok(lost > 0 && lost < found.bulk.taken);
    assert.equal(sent, answered + lost);
  });
}

async function trialOf(
  manner: Manner,
  engine: Engine,
  durationMs: number,
): Promise<CompletedTrial> {
  const parameters = { connections: 2, size: 64, slow: 1, messages: MESSAGES };
  const plan = plannedTrial(overflowingServer(manner), slowReader, parameters);
  const trial = await runTrial({ ...plan, client: "wire" }, {
    warmupMs: 20,
    durationMs,
    pinning: { absent: "it is a test" },
    engine: { id: engine },
    samples: 0,
    generators: 1,
  }, new AbortController().signal);
  assertCompleted(trial);
  return trial;
}

Deno.test("runTrial() of slow-reader has a window that is long enough, and what became of the readers", async () => {
  const engine = onLinux ? "epoll" : "tcp";
  const { bulk, metrics, phases, warnings } = await trialOf("stop", engine, 20);
  assert.ok(phases.windowMs >= 2000);
  assert.ok(bulk !== undefined && bulk.taken > 0 && bulk.taken < MESSAGES);
  assert.equal(metrics["taken"], bulk.taken * SIZE / 2 ** 20);
  assert.equal(metrics["closed"], 0);
  assert.equal(metrics["late"], bulk.lateMs);
  assert.equal(typeof metrics["p99"], "number");
  assert.ok(warnings.every(({ kind }) => kind !== "wrong replies"));
});

Deno.test("runTrial() of slow-reader completes with a server that closes late readers", async () => {
  const { bulk, metrics, counts, integrity } = await trialOf("terminate", "tcp", 5000);
  assert.deepEqual([bulk?.closed, metrics["closed"], integrity.lost], [1, 1, 0]);
  assert.ok(counts.replies > 0);
});
