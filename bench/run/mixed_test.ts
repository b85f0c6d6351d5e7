/** A mix of traffic: under a clock that is computed, and over real sockets with servers that are late with their pongs. */

import assert from "node:assert/strict";
import { countsOf } from "../../measure/record/accounts/mod.ts";
import type { Histogram } from "../../measure/record/histogram.ts";
import { byConnection } from "../../scenarios/payload/by_connection.ts";
import { mixed } from "../../scenarios/traffic/mix/mixed.ts";
import type { MixGroup } from "../../scenarios/traffic/mix/mixes.ts";
import { fixedText, textOf } from "../../scenarios/payload/payload.ts";
import type { Recorder } from "../../measure/record/recorder.ts";
import { mixed as scenario } from "../../scenarios/mixed.ts";
import { servers } from "../../servers/mod.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { needing } from "../../checks/testing/needs.ts";
import { drive, type DriveOutcome } from "../generator/drive.ts";
import type { ExchangeOptions } from "../generator/exchange/options.ts";
import { startServer } from "../process/server_process.ts";
import type { Engine } from "../generator/wire/exchange.ts";
import { engines } from "../testing/engines.ts";
import { PatientExchange } from "../testing/patient.ts";
import { peculiarServer } from "../testing/plans.ts";
import { SimulatedExchange, stallingServer } from "../testing/simulated.ts";

const GROUPS: readonly MixGroup[] = [
  { title: "silent", connections: 20, pingEveryS: 0.1 },
  {
    title: "small",
    connections: 4,
    messages: { size: 200, rate: 50, arrivals: "poisson" },
  },
  {
    title: "large",
    connections: 2,
    messages: { size: 65_536, rate: 25, arrivals: "constant" },
  },
];
const FIRST_LARGE = 24;

const OPTIONS: Omit<ExchangeOptions, "url"> = {
  traffic: (load) => mixed(load, { groups: GROUPS, firstLarge: FIRST_LARGE, seed: 1 }),
  payload: byConnection([
    { connections: FIRST_LARGE, payload: textOf(200) },
    { connections: 2, payload: textOf(65_536) },
  ]),
  timeline: "responses",
};

/** What a mix has in addition to the response time: times of pings, of small messages, and of large ones. */
function timesOf({ histograms }: Recorder): [ping: Histogram, small: Histogram, large: Histogram] {
  return [histograms.pingTime!, histograms.smallTime!, histograms.largeTime!];
}

/** Milliseconds, to three digits as the histogram has them. */
const inMs = (ns: number): number => Number((ns / 1e6).toPrecision(3));

Deno.test("a mix finds a stall of the server in its messages and in its pings, from when they were due", async () => {
  const stalls = { serviceMs: 0.01, stallMs: 500, everyMs: 1000 };
  const options = { ...OPTIONS, url: "ws://simulated/", payload: fixedText("hi") };
  const { recorder } = await drive(
    new SimulatedExchange(options, stallingServer(stalls)),
    { warmupMs: 1000, durationMs: 10_000, at: () => {} },
  );
  const { responseTime } = recorder;
  const [pingTime, smallTime, largeTime] = timesOf(recorder);
  const { pings, arrivals } = countsOf(recorder.accounts);
  // Of 200 pings a second half are due in the stall, and wait for its end: from 500 ms down to nothing.
  assert.equal(pingTime.count, 2000);
  assert.ok(inMs(pingTime.percentile(99)) > 480 && inMs(pingTime.max) < 510);
  assert.ok(Math.abs(inMs(pingTime.percentile(75)) - 250) < 10);
  assert.ok(inMs(pingTime.percentile(40)) < 1);
  assert.equal(largeTime.count, 500);
  assert.ok(Math.abs(inMs(largeTime.percentile(75)) - 250) < 25);
  assert.equal(smallTime.count + largeTime.count, responseTime.count);
  assert.equal(arrivals!.answered, responseTime.count);
  assert.equal(pings!.answered, pings!.due);
});

Deno.test("a mix waits for the pongs in the drain, and counts those that do not come", async () => {
  const options = { ...OPTIONS, url: "ws://simulated/", payload: fixedText("hi") };
  const { phases, recorder, ledger } = await drive(
    new SimulatedExchange(options, (arrivedMs) => arrivedMs < 1500 ? arrivedMs + 1 : 20_000),
    { warmupMs: 1000, durationMs: 1000, at: () => {} },
  );
  assert.equal(phases.drainMs, 8000);
  const { due, answered } = countsOf(recorder.accounts).pings!;
  assert.ok(Math.abs(due - 400) <= 1 && Math.abs(answered - 300) <= 1, `${answered} of ${due}`);
  assert.ok(ledger.counts().lost > 100);
});

/**
 * Drives a server that is a real process.
 *
 * @param unanswered how many pings it may leave without a pong in the end
 */
async function run(
  engine: Engine,
  entry: ServerEntry,
  unanswered = 0,
): Promise<DriveOutcome> {
  const server = await startServer(entry);
  try {
    const { href, hostname, port } = new URL("echo", server.ready.url);
    using exchange = new PatientExchange(engine, entry.protocol, { ...OPTIONS, url: href }, {
      hostname,
      port: Number(port),
    });
    const found = await exchange.drive({
      warmupMs: 50,
      durationMs: 300,
      enough: () => isEnough(exchange.recorder),
      settled() {
        const { recorder, ledger, pings } = exchange;
        const arrivals = recorder.arrivals.counts();
        return arrivals !== undefined && arrivals.offered === arrivals.sent + arrivals.dropped &&
          ledger.outstanding === 0 && pings.outstanding <= unanswered;
      },
    });
    assert.equal(exchange.busyCount, 0);
    return found;
  } finally {
    await server.stop();
  }
}

/** Nothing is wrong with the replies, small and large. */
function assertAnswered({ ledger, recorder }: DriveOutcome): void {
  const { sent, ...found } = ledger.counts();
  assert.deepEqual(found, { answered: sent, lost: 0, duplicated: 0, reordered: 0, corrupted: 0 });
  assert.ok(isEnough(recorder));
}

/** There are messages of both sizes. */
function isEnough(recorder: Recorder): boolean {
  const [, smallTime, largeTime] = timesOf(recorder);
  return smallTime.count > 10 && largeTime.count > 5;
}

const wired = servers.filter(({ id }) => id === "native" || id === "socketio");

for (const { engine, needs } of engines) {
  for (const entry of wired) {
    Deno.test(needing(needs, {
      name: `a mix over ${engine}: ${entry.id} answers messages of both sizes, and pings`,
      async fn() {
        const found = await run(engine, entry);
        assertAnswered(found);
        const { due, answered } = countsOf(found.recorder.accounts).pings!;
        assert.ok(due > 20, `${due} pings`);
        assert.equal(answered, due);
        assert.ok(timesOf(found.recorder)[0].count > 10);
      },
    }));
  }

  Deno.test(needing(needs, {
    name: `a mix over ${engine}: pongs that are late are waited for, and their time is taken`,
    async fn() {
      const found = await run(engine, peculiarServer("late-pongs"));
      assertAnswered(found);
      const { due, answered } = countsOf(found.recorder.accounts).pings!;
      assert.equal(answered, due);
      const [{ min }] = timesOf(found.recorder);
      assert.ok(inMs(min) >= 39, `${min} ns`);
    },
  }));

  Deno.test(needing(needs, {
    name: `a mix over ${engine}: a pong to the last ping settles those before it`,
    async fn() {
      // Each of the 20 connections may end with up to two pings that wait for the third.
      const found = await run(engine, peculiarServer("last-pongs"), 40);
      assertAnswered(found);
      const { due, answered } = countsOf(found.recorder.accounts).pings!;
      assert.equal(answered % 3, 0);
      assert.ok(answered > 0 && due - answered <= 40, `${answered} of ${due}`);
    },
  }));

  Deno.test(needing(needs, {
    name:
      `a mix over ${engine}: pongs that never come are counted, and the messages are not touched`,
    async fn() {
      const found = await run(engine, peculiarServer("no-pongs"), Infinity);
      assertAnswered(found);
      const { due, answered } = countsOf(found.recorder.accounts).pings!;
      assert.ok(due > 20);
      assert.equal(answered, 0);
      assert.equal(timesOf(found.recorder)[0].count, 0);
    },
  }));
}

Deno.test("the scenario mixed scales with the connections, and counts small and large messages apart", () => {
  const load = {
    now: () => 0,
    open() {},
    send() {},
    cut() {},
    restart() {},
    withdraw() {},
    ping() {},
    drop() {},
    close() {},
    pause() {},
    resume() {},
    batchDone() {},
  };
  for (const connections of [1000, 5000]) {
    const parameters = { mix: "chat", connections };
    const traffic = scenario.traffic(load, parameters, 1);
    assert.equal(traffic.slots, connections);
    const { smallTime, largeTime } = traffic.accounts![0]!.histograms;
    traffic.accounts![0]!.responded!(connections * 0.98 - 1, 1);
    traffic.accounts![0]!.responded!(connections * 0.98, 2);
    assert.deepEqual([smallTime!.max, largeTime!.max], [1, 2]);
    const payload = scenario.payload(parameters, "/echo");
    const target = new Uint8Array(payload.size);
    const sizes = [0.9, 0.98].flatMap((share) =>
      [connections * share - 1, connections * share].map((one) => payload.write(target, 0, one, 1))
    );
    assert.deepEqual(sizes, [16, 200, 200, 65_536]);
  }
});
