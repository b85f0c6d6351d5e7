/** Trials of the scenarios that run only when they are named, with real servers. */

import assert from "node:assert/strict";
import type { CompletedTrial, Trial } from "../../measure/model/result.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import { churn } from "../../scenarios/churn.ts";
import { fanout } from "../../scenarios/fanout.ts";
import { sizes } from "../../scenarios/sizes.ts";
import type { Scenario } from "../../scenarios/types.ts";
import { servers } from "../../servers/mod.ts";
import { plannedTrial } from "../testing/plans.ts";
import { runTrial } from "./trial.ts";
import { assertCompleted } from "../testing/trials.ts";

const settings = {
  warmupMs: 100,
  durationMs: 300,
  pinning: { absent: "this is a test" },
  engine: { id: Deno.build.os === "linux" ? "epoll" : "tcp" },
  generators: 2,
  samples: 10,
} as const;

/** How many times as long as the window before it a window is, and how often, until enough happens in it. */
const LONGER = 3;
const MOST_TRIALS = 5;

/** Whether a busy machine held a trial up: one of its two generators for a whole window, or all that ends in one. */
function isHeldUp(trial: Trial): boolean {
  if ("reason" in trial) return /no time in common/.test(trial.reason);
  // Closed loops never have response times.
  return trial.state === "completed" &&
    absentOf(trial).some((name) => /p\d+$/.test(name) && !name.startsWith("response."));
}

async function trialOf(
  server: string,
  client: string,
  scenario: Scenario,
  parameters: CaseParameters,
): Promise<CompletedTrial> {
  const entry = servers.find(({ id }) => id === server)!;
  const plan = { ...plannedTrial(entry, scenario, parameters), client };
  const { signal } = new AbortController();
  let { durationMs } = settings;
  let trial = await runTrial(plan, settings, signal);
  for (let count = 1; count < MOST_TRIALS && isHeldUp(trial); count++) {
    durationMs *= LONGER;
    trial = await runTrial(plan, { ...settings, durationMs }, signal);
  }
  assertCompleted(trial);
  const { sent, answered, ...wrong } = trial.integrity;
  assert.deepEqual(wrong, { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 });
  assert.equal(answered, sent);
  assert.ok(sent > 0);
  return trial;
}

/** Names of metrics without a figure. */
function absentOf({ metrics }: CompletedTrial): string[] {
  return Object.entries(metrics).filter(([, figure]) => typeof figure !== "number")
    .map(([name]) => name).sort();
}

const SERVERS = [["native", "wire"], ["socketio", "wire"], ["ws", "ws"]] as const;

for (const [server, client] of SERVERS) {
  for (const payload of ["text", "binary"] as const) {
    Deno.test(`sizes: ${client} carries ${payload} of 16 B and 1 MiB to ${server} and back`, async () => {
      for (const size of [16, 2 ** 20]) {
        const trial = await trialOf(server, client, sizes, {
          ...{ connections: 2, inFlight: 2, size, payload },
        });
        assert.equal(trial.counts.replyBytes, trial.counts.replies * size);
      }
    });
  }

  Deno.test(`churn: ${client} connects to ${server}, sends once and leaves, over and over`, async () => {
    const trial = await trialOf(server, client, churn, { concurrency: 4, size: 64 });
    assert.ok(trial.histograms.batchTime !== undefined);
    assert.ok(trial.counts.handshakes > 0);
    assert.equal(trial.arrivals, undefined);
    const open = await trialOf(server, client, churn, {
      ...{ rate: 50, arrivals: "constant", size: 64 },
    });
    assert.equal(open.arrivals!.sent + open.arrivals!.dropped, open.arrivals!.offered);
    assert.equal(open.arrivals!.answered, open.arrivals!.sent);
    assert.deepEqual(absentOf(open), ["rate"]);
  });

  Deno.test(`fanout: a message over ${client} reaches all receivers on ${server}, in order`, async () => {
    const trial = await trialOf(server, client, fanout, {
      ...{ connections: 20, inFlight: 1, size: 64 },
    });
    assert.ok(trial.histograms.skew !== undefined);
    assert.equal(trial.metrics["delivered"], 100);
    const open = await trialOf(server, client, fanout, {
      ...{ connections: 20, rate: 50, arrivals: "constant", size: 64 },
    });
    assert.equal(open.arrivals!.answered, open.arrivals!.sent);
    assert.deepEqual(absentOf(open), ["deliveries"]);
  });
}
