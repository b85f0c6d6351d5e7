/** Trials of servers whose differences are known, and what is named of two of them. */

import assert from "node:assert/strict";
import { type Difference, differencesOf } from "../../../measure/explain/differences/mod.ts";
import { type Explanation, isMeasured } from "../../../measure/model/result.ts";
import { throughput } from "../../../scenarios/throughput.ts";
import type { ServerEntry } from "../../../servers/types.ts";
import type { TrialSettings } from "../../run/trial.ts";
import { plannedTrial } from "../../testing/plans.ts";
import { explainTrial } from "../explain.ts";
import type { Manner } from "./known_server.ts";

const SETTINGS: TrialSettings = {
  warmupMs: 250,
  durationMs: 1000,
  pinning: { absent: "this is a test" },
  engine: { id: "epoll" },
  generators: 1,
  samples: 0,
};
const CONNECTIONS = 16;

/** The entry of `known_server.ts`. */
function knownServer(manner: Manner): ServerEntry {
  const program = import.meta.resolve("./known_server.ts");
  return {
    id: manner,
    title: manner,
    protocol: "websocket",
    launch: {
      by: "contract",
      runtime: "deno",
      command: () =>
        [Deno.execPath(), "run", "--allow-all", "--unstable-net", "--quiet"].concat(
          program,
          manner,
        ),
    },
  };
}

/** Watches a server in a closed loop of 16 connections, which must complete. */
export async function explainKnown(manner: Manner, inFlight: number): Promise<Explanation> {
  const trial = plannedTrial(
    knownServer(manner),
    throughput,
    { connections: CONNECTIONS, inFlight, size: 64 },
  );
  const { signal } = new AbortController();
  const { explanation } = await explainTrial({ ...trial, client: "wire" }, SETTINGS, signal);
  assert.equal(explanation.failed, undefined);
  return explanation;
}

/** What goes with the difference of two trials themselves. */
export function namedOf(
  server: Explanation,
  other: Explanation,
  inFlight: number,
): readonly Difference[] {
  // What others took of a CPU is no difference of the servers: tests share their machine.
  const own = (explanation: Explanation): number =>
    wallUs(explanation) - counted(explanation, "time.outside");
  return named(server, other, inFlight, {
    wallUs: own(server) - own(other),
    cpuUs: counted(server, "time.cpu") - counted(other, "time.cpu"),
  });
}

/** What goes with a verdict that one of two servers is slower, or faster, by a share. */
export function namedBeside(
  share: number,
  server: Explanation,
  other: Explanation,
  inFlight: number,
): readonly Difference[] {
  return named(server, other, inFlight, {
    wallUs: share * wallUs(other),
    cpuUs: share * counted(other, "time.cpu"),
  });
}

function named(
  server: Explanation,
  other: Explanation,
  inFlight: number,
  { wallUs, cpuUs }: { readonly wallUs: number; readonly cpuUs: number },
): readonly Difference[] {
  return differencesOf({ ...server, name: "that" }, { ...other, name: other.server }, {
    wall: wallUs * 1000,
    cpu: cpuUs * 1000,
    wait: wallUs * 1000 * CONNECTIONS * inFlight,
  });
}

function wallUs({ windowMs, replies }: Explanation): number {
  return windowMs * 1000 / replies;
}

function counted({ counters }: Explanation, id: string): number {
  const figure = counters[id];
  return figure !== undefined && isMeasured(figure) ? figure : 0;
}
