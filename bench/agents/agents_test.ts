import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { until } from "../../checks/testing/until.ts";
import { knownServer, type Truth } from "../../checks/verify/servers.ts";
import { decodeHistogram } from "../../measure/record/hdr.ts";
import type { Trial } from "../../measure/model/result.ts";
import { fanout } from "../../scenarios/fanout.ts";
import { rate } from "../../scenarios/rate.ts";
import { throughput } from "../../scenarios/throughput.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import type { Scenario } from "../../scenarios/types.ts";
import { reference, servers } from "../../servers/mod.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { plannedTrial } from "../testing/plans.ts";
import { startChild } from "../process/child.ts";
import { runTrial, type TrialSettings } from "../run/trial.ts";
import { type Fleet, takeAgents } from "./fleet.ts";
import { findAgents } from "./list.ts";
import { startAgents, wsmark } from "./testing/agents.ts";
import { assertCompleted } from "../testing/trials.ts";

const ENGINE = Deno.build.os === "linux" ? "epoll" : "tcp";

/** Runs a trial by the agents of a fleet. */
async function drive(
  fleet: Fleet,
  {
    truth = {},
    server = knownServer("known", "known", truth),
    scenario = throughput,
    parameters,
    durationMs = 400,
    started,
  }: {
    readonly truth?: Truth;
    readonly server?: ServerEntry;
    readonly scenario?: Scenario;
    readonly parameters: CaseParameters;
    readonly durationMs?: number;
    readonly started?: () => void;
  },
): Promise<Trial> {
  const settings: TrialSettings = {
    warmupMs: 50,
    durationMs,
    pinning: { absent: "this is a test" },
    engine: { id: ENGINE },
    generators: fleet.agents.length,
    samples: 30,
    fleet,
    started,
  };
  const plan = plannedTrial(server, scenario, parameters);
  return await runTrial({ ...plan, client: "wire" }, settings, new AbortController().signal);
}

/** Whether an agent is ready for the next run. */
async function isReady(bus: Parameters<typeof findAgents>[0], id: string): Promise<boolean> {
  const found = await findAgents(bus);
  return found.some(({ description }) => description.id === id && description.session === null);
}

Deno.test(needing(["nats-server", "Unix"], {
  name: "agents over NATS",
  async fn(t) {
    await using running = await startAgents("a", "b", "c");
    const { bus, url, agents } = running;

    await t.step("share a closed loop, and every reply is in the merged histogram", async () => {
      await using fleet = await takeAgents(bus, { least: 3 });
      assert.deepEqual(fleet.agents.map(({ id, isHere }) => [id, isHere]), [
        ["a", true],
        ["b", true],
        ["c", true],
      ]);
      const parameters = { connections: 7, inFlight: 2, size: 64 };
      const trial = await drive(fleet, { parameters });
      assertCompleted(trial);
      if (trial.state !== "completed") return;
      const { sharing, counts, histograms, integrity, cpu } = trial;
      assert.deepEqual(
        sharing!.generators.map(({ agent, connections }) => [agent, connections]),
        [["a", 3], ["b", 2], ["c", 2]],
      );
      const sum = (of: "sent" | "replies"): number =>
        sharing!.generators.reduce((total, one) => total + one[of], 0);
      assert.equal(sum("sent"), counts.sent);
      assert.equal(sum("replies"), counts.replies);
      assert.equal(decodeHistogram(histograms.serviceTime!).count, counts.sent);
      assert.equal(integrity.answered, integrity.sent);
      assert.ok(sharing!.overlapMs > 0 && sharing!.startSpreadMs >= 0);
      assert.equal(trial.metrics["rate"], counts.replies / (trial.phases.windowMs / 1000));
      // The server is on this machine, which samples it.
      if (Deno.build.os === "linux") assert.equal(typeof cpu.server.timeNs, "number");
    });

    await t.step("are released after a run", async () => {
      await until("all to be ready", async () => {
        const found = await findAgents(bus);
        return found.length === 3 && found.every(({ description }) => description.session === null);
      });
    });

    for (
      const [wrong, truth] of [
        ["lost", { drop: 1 }],
        ["duplicated", { duplicate: 1 }],
        ["corrupted", { corrupt: 1 }],
      ] as const
    ) {
      await t.step(`share an open loop, and count exactly what is ${wrong}`, async () => {
        await using fleet = await takeAgents(bus, { least: 3 });
        const trial = await drive(fleet, {
          truth,
          scenario: rate,
          parameters: { connections: 6, size: 64, rate: 600, arrivals: "poisson" },
        });
        assertCompleted(trial);
        if (trial.state !== "completed") return;
        const { lost, duplicated, corrupted, reordered, sent } = trial.integrity;
        const expected = { lost: 0, duplicated: 0, corrupted: 0, reordered: 0, [wrong]: sent };
        assert.ok(sent > 0);
        assert.deepEqual({ lost, duplicated, corrupted, reordered }, expected);
        const { generators } = trial.sharing!;
        const offered = generators.reduce((total, one) => total + one.offered!, 0);
        assert.equal(offered, trial.arrivals!.offered);
      });
    }

    if (ENGINE === "epoll") {
      await t.step(
        "each drive a reference server of their own, which ends with the trial",
        async () => {
          await using fleet = await takeAgents(bus, { least: 3 });
          const trial = await drive(fleet, {
            server: reference,
            parameters: { connections: 3, inFlight: 1, size: 64 },
          });
          assertCompleted(trial);
          if (trial.state !== "completed") return;
          assert.equal(trial.integrity.answered, trial.integrity.sent);
          assert.ok(trial.sharing!.generators.every(({ replies }) => replies > 0));
          assert.deepEqual(trial.cpu.server.timeNs, {
            absent: "each agent has a reference server of its own",
          });
        },
      );
    }

    await t.step("share the members of a fan-out, and each counts what its own got", async () => {
      await using fleet = await takeAgents(bus, { least: 3 });
      const [native] = servers;
      const trial = await drive(fleet, {
        server: native!,
        scenario: fanout,
        parameters: { connections: 8, size: 64, arrivals: "constant", rate: 100 },
      });
      assertCompleted(trial);
      if (trial.state !== "completed") return;
      const { sent, answered } = trial.integrity;
      assert.deepEqual([answered, sent % 8], [sent, 0]);
      assert.deepEqual(
        trial.sharing!.generators.map(({ connections, replies }) => [connections, replies > 0]),
        [[3, true], [3, true], [2, true]],
      );
    });

    await t.step("stop when their coordinator is killed, and are ready for the next", async () => {
      const out = await Deno.makeTempDir({ prefix: "wsmark-" });
      const coordinator = startChild(wsmark(
        ...["--agents", url, "--agents-min", "3", "--servers", "native", "--scenarios", "latency"],
        ...["--duration", "300", "--rounds", "1", "--no-ceiling", "--out", `${out}/run`],
      ));
      try {
        await until("the agents to be at work", async () => {
          const found = await findAgents(bus);
          return found.length === 3 &&
            found.every(({ description: { session } }) => session !== null);
        });
        Deno.kill(coordinator.pid, "SIGKILL");
        for (const id of ["a", "b", "c"]) await until(`${id} to be ready`, () => isReady(bus, id));
      } finally {
        await coordinator.stop();
        await Deno.remove(out, { recursive: true });
      }
    });

    await t.step("that are killed fail the trial by their name", async () => {
      await using fleet = await takeAgents(bus, { least: 3 });
      const trial = await drive(fleet, {
        parameters: { connections: 3, inFlight: 1, size: 64 },
        durationMs: 60_000,
        started: () => Deno.kill(agents.get("b")!.pid, "SIGKILL"),
      });
      assert.equal(trial.state, "failed");
      if (trial.state !== "failed") return;
      assert.match(trial.reason, /^The agent b: it is gone: it has no connection/);
    });

    await t.step("that are too few are missed by their number", async () => {
      await until(
        "the others to be ready",
        async () => await isReady(bus, "a") && await isReady(bus, "c"),
      );
      await assert.rejects(takeAgents(bus, { least: 3 }), {
        name: "UsageError",
        message: `There are 2 of 3 agents at ${url} (there: a, c): ` +
          "start more with deno task agent --nats …",
      });
    });
  },
}));
