import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { startAgents } from "../agents/testing/agents.ts";
import { planRun, type RunEvent, takeAgents } from "./mod.ts";

Deno.test(needing(["nats-server", "Unix"], {
  name: "takeAgents() takes agents for a plan, whose run they make the load of, and no other",
  async fn() {
    await using running = await startAgents("a", "b");
    await using taken = await takeAgents({ nats: running.url, least: 2 });
    assert.deepEqual(taken.agents, { nats: running.url, ids: ["a", "b"], areHere: true });
    const options = {
      ...{ servers: ["native"], scenarios: ["latency"], rounds: 1, durationMs: 100 },
      ...{ warmupMs: 20, ceiling: false },
    };
    const other = planRun(options);
    await assert.rejects(taken.run(other, new AbortController().signal).next(), {
      name: "UsageError",
      message: "The plan is for the agents none, and a, b are taken: give planRun() the agents " +
        "that takeAgents() gave",
    });
    const plan = planRun({
      ...options,
      scenarios: [{ id: "throughput", cases: [{ connections: 3, inFlight: 1, size: 64 }] }],
      agents: taken.agents,
    }, taken.findMissing);
    const events: RunEvent[] = await Array.fromAsync(
      taken.run(plan, new AbortController().signal),
    );
    const last = events.at(-1)!;
    assert.ok(last.kind === "ended");
    const [trial] = last.result.trials;
    assert.ok(trial?.state === "completed", JSON.stringify(trial));
    assert.deepEqual(trial.sharing!.generators.map(({ agent }) => agent), ["a", "b"]);
  },
}));
