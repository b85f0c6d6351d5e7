/** Connections that are broken off all at once, with real processes. */

import assert from "node:assert/strict";
import { decodeHistogram } from "../../measure/record/hdr.ts";
import { isMeasured, type Trial } from "../../measure/model/result.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import { reconnect } from "../../scenarios/reconnect.ts";
import { servers } from "../../servers/mod.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { needing } from "../../checks/testing/needs.ts";
import { obstacleTo } from "../plan/obstacles.ts";
import { startServer } from "../process/server_process.ts";
import { engines } from "../testing/engines.ts";
import { faultyServer, plannedTrial } from "../testing/plans.ts";
import type { Engine } from "../generator/wire/exchange.ts";
import { runTrial } from "./trial.ts";
import { assertCompleted } from "../testing/trials.ts";

const native = servers.find(({ id }) => id === "native")!;
const CONNECTIONS = 20;
const CUTS = reconnect.cases.map(({ cut }) => cut!);

function trialOf(server: ServerEntry, engine: Engine, more: CaseParameters): Promise<Trial> {
  const parameters = { connections: CONNECTIONS, ...more };
  return runTrial(
    { ...plannedTrial(server, reconnect, parameters), client: "wire" },
    {
      warmupMs: 20,
      durationMs: 100,
      pinning: { absent: "this is a test" },
      engine: { id: engine },
      generators: 1,
      samples: 0,
    },
    new AbortController().signal,
  );
}

for (const { engine, needs } of engines) {
  for (const cut of CUTS) {
    Deno.test(needing(needs, {
      name: `reconnect: all are back, and every reply is right, cut by ${cut}, over ${engine}`,
      async fn() {
        const trial = await trialOf(native, engine, { cut });
        assertCompleted(trial);
        if (trial.state !== "completed") return;
        const { cuts, lost, back, attempts, errors } = trial.reconnects!;
        assert.ok(cuts >= 1, `${cuts} cuts`);
        assert.ok(lost >= cuts * CONNECTIONS, `${lost} lost`);
        assert.deepEqual([back, attempts - errors], [lost, lost]);
        assert.equal(decodeHistogram(trial.histograms.batchTime!).count, cuts);
        assert.equal(decodeHistogram(trial.histograms.outageTime!).count, lost);
        const { lost: missing, duplicated, reordered, corrupted } = trial.integrity;
        assert.deepEqual([missing, duplicated, reordered, corrupted], [0, 0, 0, 0]);
        assert.ok(isMeasured(trial.metrics["all.p50"]!));
        assert.equal(trial.metrics["back"], 100);
        if (cut !== "client") {
          assert.deepEqual(trial.cpu.server.timeNs, {
            absent: "the server is started again in the window",
          });
        }
      },
    }));
  }
}

Deno.test(needing(["Linux"], {
  name: "reconnect: a client waits before each attempt for as long as its back-off says",
  async fn() {
    const trial = await trialOf(native, "epoll", { cut: "client", backoff: "80ms" });
    assertCompleted(trial);
    if (trial.state !== "completed") return;
    assert.ok(decodeHistogram(trial.histograms.outageTime!).min >= 80e6 * 0.999);
  },
}));

Deno.test(needing(["Linux"], {
  name: "reconnect: a server that is not there again at its port fails the trial with the reason",
  async fn() {
    const elsewhere = await trialOf(faultyServer("none"), "epoll", { cut: "sigterm" });
    assert.ok(elsewhere.state === "failed");
    assert.match(
      elsewhere.reason,
      /^The server could not be started again: it listens at another port now, \d+ instead of \d+$/,
    );
    let starts = 0;
    const once: ServerEntry = {
      ...native,
      launch: {
        by: "contract",
        command() {
          if (starts++ > 0) return ["false"];
          return native.launch.by === "contract" ? native.launch.command() : [];
        },
      },
    };
    const gone = await trialOf(once, "epoll", { cut: "sigkill" });
    assert.ok(gone.state === "failed");
    assert.match(gone.reason, /^The server could not be started again: native ended before it was/);
  },
}));

Deno.test("reconnect: the clients alone can break off from a server that runs already", async () => {
  const server = await startServer(native);
  try {
    const running: ServerEntry = {
      ...native,
      path: "/echo",
      launch: { by: "url", url: server.ready.url },
    };
    const contender = { server: running, client: "wire" };
    const reasons = CUTS.map((cut) =>
      obstacleTo(contender, { scenario: reconnect, cases: [] }, { cut })
    );
    const reason = "no restart, as it runs already: only the clients can break off (--cut client)";
    assert.deepEqual(reasons, [undefined, reason, reason]);
    const trial = await trialOf(running, "tcp", { cut: "client" });
    assertCompleted(trial);
  } finally {
    await server.stop();
  }
});
