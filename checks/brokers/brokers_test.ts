/** Runs against real servers of publish and subscribe, and the same with a relay between that spoils what they send. */

import assert from "node:assert/strict";
import { planRun } from "../../bench/plan/options.ts";
import { run } from "../../bench/run/run.ts";
import { PatientExchange } from "../../bench/testing/patient.ts";
import type { CompletedTrial, IntegrityCounts } from "../../measure/model/result.ts";
import { codecFor, protocolOf } from "../../protocols/mod.ts";
import { reachesGroups } from "../../protocols/options.ts";
import type { OptionValues } from "../../protocols/types.ts";
import { openLoop } from "../../scenarios/traffic/open_loop.ts";
import { json } from "../../scenarios/payload/payload.ts";
import { needing } from "../testing/needs.ts";
import { type Broker, brokers } from "./broker.ts";
import { startRelay } from "../testing/network/relay.ts";
import { type Fault, spoiler } from "../testing/network/spoil.ts";

const CONNECTIONS = 4;
const SIZE = 128;
const ROOMS = { rooms: 3, members: 4, speakers: 2 };
const never = new AbortController().signal;

/** What is asked of each server, over each of its protocols. */
const CHOICES: Readonly<Record<keyof typeof brokers, readonly [string, OptionValues][]>> = {
  mosquitto: [
    ["mqtt", {}],
    ["mqtt", { qos: 1 }],
    ["mqtt", { version: "5" }],
    ["mqtt", { version: "5", qos: 1 }],
  ],
  natsServer: [["nats", {}]],
  rabbitmq: [
    ["stomp", {}],
    ["stomp", { receipts: "none" }],
    ["stomp", { receipts: "messages" }],
    ["mqtt", {}],
    ["mqtt", { qos: 1 }],
  ],
  aedes: [["mqtt", {}], ["mqtt", { qos: 1 }]],
  actionCable: [["action-cable", {}]],
};

/** The counts of each trial of a run of a few scenarios. */
async function countsOf(
  { urls, pid }: Broker,
  protocol: string,
  protocolOptions: OptionValues,
): Promise<Map<string, IntegrityCounts>> {
  const one = { connections: CONNECTIONS, size: SIZE };
  const plan = await planRun({
    servers: [{ name: "broker", url: urls[protocol]!, pid, protocol, protocolOptions }],
    scenarios: [
      { id: "latency", cases: [{ ...one, inFlight: 1 }] },
      { id: "fanout", cases: [{ ...one, inFlight: 1 }, { ...one, rate: 200 }] },
      {
        id: "rooms",
        cases: [{ ...ROOMS, size: SIZE }, { ...ROOMS, size: SIZE, rate: 200 }],
      },
      { id: "churn", cases: [{ concurrency: CONNECTIONS, size: SIZE }] },
    ],
    ...{ rounds: 1, durationMs: 300, warmupMs: 50, pin: false, ceiling: false },
  });
  const counts = new Map<string, IntegrityCounts>();
  for await (const event of run(plan, never)) {
    if (event.kind !== "trial ended") continue;
    const { trial } = event;
    assert.equal(trial.state, "completed", trial.state === "failed" ? trial.reason : "");
    counts.set(`${trial.scenario} ${trial.case}`, (trial as CompletedTrial).integrity);
  }
  return counts;
}

/** What is counted with a relay between that spoils every tenth message; and how many it spoilt. */
async function spoilt(
  url: string,
  protocol: string,
  fault: Exclude<Fault, "none">,
): Promise<{ readonly counts: IntegrityCounts; readonly spoilt: number }> {
  const through = new URL(url);
  // It is in each publication once.
  const spoiling = spoiler({ fault, every: 10, only: "sequence" });
  await using relay = startRelay({ port: Number(through.port) }, spoiling);
  through.port = `${relay.port}`;
  using exchange = new PatientExchange("tcp", protocol, {
    url: through.href,
    payload: json(SIZE),
    timeline: "responses",
    traffic: (load) =>
      openLoop(load, { connections: CONNECTIONS, rate: 500, arrivals: "constant", seed: 1 }),
  }, { hostname: "127.0.0.1", port: relay.port });
  await exchange.drive({
    warmupMs: 20,
    durationMs: 300,
    enough: () => spoiling.spoilt >= 10,
    // Those that were dropped never come.
    drainMs: fault === "drop" ? 1500 : 60_000,
  });
  return { counts: exchange.ledger.counts(), spoilt: spoiling.spoilt };
}

const COUNTED: Readonly<
  Record<Exclude<Fault, "none">, "lost" | "duplicated" | "reordered" | "corrupted">
> = {
  drop: "lost",
  duplicate: "duplicated",
  reorder: "reordered",
  change: "corrupted",
};

for (const [id, { name, needs, cutsPackets, start }] of Object.entries(brokers)) {
  Deno.test(needing(needs, {
    name: `${name}: nothing is lost, duplicated or changed, and each fault between is counted`,
    async fn(test) {
      await using broker = await start();
      const choices = CHOICES[id as keyof typeof brokers];
      for (const [protocol, options] of choices) {
        await test.step(`${protocol} ${JSON.stringify(options)}`, async () => {
          const counts = await countsOf(broker, protocol, options);
          assert.equal(counts.size, reachesGroups(protocolOf(protocol), options) ? 6 : 2);
          for (const [trial, { sent, ...found }] of counts) {
            assert.ok(sent > 0, trial);
            const right = { answered: sent, lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };
            assert.deepEqual(found, right, trial);
          }
        });
      }
      // Messages that are parts of packets cannot be spoilt one by one.
      if (cutsPackets) return;
      for (const protocol of new Set(choices.map(([protocol]) => protocol))) {
        for (const [fault, counted] of Object.entries(COUNTED)) {
          await test.step(`${protocol}: ${fault}`, async () => {
            const url = broker.urls[protocol]!;
            const { counts, spoilt: expected } = await spoilt(
              url,
              protocol,
              fault as keyof typeof COUNTED,
            );
            const none = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };
            const { mayOvertake = false } = codecFor(protocol, url);
            const { sent: _sent, answered: _answered, ...found } = counts;
            const isFault = counted !== "reordered" || !mayOvertake;
            assert.deepEqual(found, { ...none, ...(isFault && { [counted]: expected }) });
          });
        }
      }
    },
  }));
}
