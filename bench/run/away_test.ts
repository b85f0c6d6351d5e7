/** A run whose server, which runs already, goes away. */

import assert from "node:assert/strict";
import { SETTINGS } from "../../measure/model/testdata.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { latency } from "../../scenarios/latency.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { stayedAway } from "../contact/away.ts";
import type { RunPlan } from "../plan/options.ts";
import { planTrials } from "../plan/plan.ts";
import { faultyServer } from "../testing/plans.ts";
import { run } from "./run.ts";

/** An echo, or what closes a connection that says something: however busy the machine is, each does. */
function serve(port: number, isEcho: boolean): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
    socket.onmessage = ({ data }) => {
      if (isEcho) socket.send(data);
      else socket.close(4000, "going away");
    };
    return response;
  });
}

function entryAt(port: number, startTimeoutMs: number): ServerEntry {
  return {
    id: "mine",
    title: "mine",
    protocol: "websocket",
    path: "/",
    launch: { by: "url", url: `ws://127.0.0.1:${port}/` },
    handshake: { startTimeoutMs },
  };
}

function planFor(server: ServerEntry, rounds = 3): RunPlan {
  const contenders = [{ server, client: "websocket" }];
  const scenarios = [{ scenario: latency, cases: latency.cases.map(describeCase) }];
  return {
    settings: {
      ...SETTINGS,
      rounds,
      durationMs: 100,
      warmupMs: 20,
      pinning: { absent: "this is a test" },
      engine: { id: "tcp" },
      baseline: server.id,
    },
    contenders,
    leftOut: [],
    study: undefined,
    reference: undefined,
    scenarios,
    trials: planTrials({ contenders, scenarios, rounds, seed: 3 }),
  };
}

const never = new AbortController().signal;

Deno.test("run() ends before its time if a server that ran already stays away after a failed trial", async () => {
  const server = serve(0, false);
  const kinds: string[] = [];
  for await (const event of run(planFor(entryAt(server.addr.port, 300)), never)) {
    kinds.push(event.kind);
    if (event.kind === "trial ended") {
      assert.equal(event.trial.state, "failed");
      await server.shutdown();
    }
    if (event.kind === "server away") {
      assert.equal(event.server, "mine");
      assert.match(event.reason, /^mine accepts no handshake at .*refused/);
    }
    if (event.kind !== "ended") continue;
    const { state, trials, planned, warnings } = event.result;
    assert.deepEqual([state, trials.length, planned], ["interrupted", 1, 3]);
    const partial = warnings.find(({ kind }) => kind === "run is partial");
    assert.deepEqual(partial, {
      kind: "run is partial",
      ended: 1,
      planned: 3,
      because: "mine was away for 0.3 s",
    });
  }
  assert.deepEqual(kinds.slice(-4), ["trial started", "trial ended", "server away", "ended"]);
});

Deno.test("run() goes on if the server is back in time", async () => {
  let server = serve(0, false);
  const { port } = server.addr;
  const states: string[] = [];
  try {
    for await (const event of run(planFor(entryAt(port, 20_000), 2), never)) {
      if (event.kind !== "trial ended") {
        assert.notEqual(event.kind, "server away");
        continue;
      }
      states.push(event.trial.state);
      if (states.length > 1) continue;
      await server.shutdown();
      // After the first look, or before it: either way it is found.
      queueMicrotask(() => server = serve(port, true));
    }
  } finally {
    await server.shutdown();
  }
  assert.deepEqual(states, ["failed", "completed"]);
});

Deno.test("stayedAway() looks for no server that wsmark starts itself, and gives up when it is told to", async () => {
  assert.equal(await stayedAway(faultyServer("none"), never), undefined);
  const nobody = serve(0, true);
  const { port } = nobody.addr;
  await nobody.shutdown();
  const stop = new AbortController();
  const looking = stayedAway(entryAt(port, 60_000), stop.signal);
  stop.abort();
  assert.equal(await looking, undefined);
});
