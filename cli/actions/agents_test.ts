import assert from "node:assert/strict";
import { join } from "node:path";
import { needing } from "../../checks/testing/needs.ts";
import { until } from "../../checks/testing/until.ts";
import { startNats } from "../../bench/agents/broker/server.ts";
import { openBus } from "../../bench/agents/bus.ts";
import type { FoundAgent } from "../../bench/agents/list.ts";
import { findAgents } from "../../bench/agents/list.ts";
import { wsmark as command } from "../../bench/agents/testing/agents.ts";
import { startChild } from "../../bench/process/child.ts";
import type { Result } from "../../measure/model/result.ts";
import { wsmark, wsmarkWith } from "../testing.ts";
import { linesOf } from "./agents.ts";
import { assertCompleted } from "../../bench/testing/trials.ts";

Deno.test("agents lists each in a line", () => {
  const agent: FoundAgent = {
    description: {
      ...{ id: "web1", instance: "i", version: "0.1.0", dialect: 1, labels: { zone: "a" } },
      ...{ host: "0123456789ab", cpus: 8, platform: "linux, deno 2.9.6", descriptors: "1024" },
      ...{ load: 0.5, allows: [], session: null },
    },
    clock: { atMs: 0, offsetMs: -3_600_000.25, errorMs: 0.3 },
  };
  const [heading, first, second] = linesOf([
    agent,
    { ...agent, description: { ...agent.description, id: "b", load: null, session: "s" } },
  ]);
  assert.equal(
    heading,
    "Agent  Machine                 CPUs  Load  Files  wsmark  Round trip  Clock                  State    Labels",
  );
  assert.equal(
    first,
    "web1   0123 linux, deno 2.9.6  8     0.50  1024   0.1.0   0.60 ms     −3600000.25 ± 0.30 ms  ready    zone=a",
  );
  assert.match(second!, /^b .* – .* at work {2}zone=a$/);
});

/** All that a run has written, in one text. */
function textIn(folder: string): string {
  return [...Deno.readDirSync(folder)].map(({ name, isDirectory }) =>
    isDirectory ? textIn(join(folder, name)) : Deno.readTextFileSync(join(folder, name))
  ).join("\n");
}

Deno.test(needing(["nats-server", "Unix"], {
  name: "bench --agents, from the token to a run that is resumed",
  async fn(t) {
    const token = "s3cret-t0ken";
    const configuration = `authorization { token: "${token}" }`;
    await using server = await startNats({ hostname: "127.0.0.1", port: 0, configuration });
    const plain = `nats://127.0.0.1:${server.port}`;
    const url = `nats://${token}@127.0.0.1:${server.port}`;
    const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
    const agents = new Map<string, ReturnType<typeof startChild>>();
    try {
      await using bus = await openBus({ url });
      const start = async (id: string): Promise<void> => {
        agents.set(id, startChild(command("agent", "--nats", url, "--id", id)));
        await until(
          id,
          async () => (await findAgents(bus)).some(({ description }) => description.id === id),
        );
      };
      const out = join(folder, "run");
      const run = [
        ...["--servers", "native", "--scenarios", "latency", "--connections", "4", "--no-ceiling"],
        ...["--rounds", "2", "--duration", "0.2", "--warmup", "0", "--reports", "json,md,csv,html"],
        ...["--no-config", "--out", out],
      ];

      await t.step("without an agent it says what to start, and exits with 1 or 2", async () => {
        const list = await wsmark("agents", "--nats", url);
        assert.equal(list.code, 1);
        assert.equal(
          list.stderr,
          `There is no agent at ${plain}: start one with deno task agent --nats …\n`,
        );
        const none = await wsmark("--agents", url, ...run);
        assert.equal(none.code, 2);
        assert.equal(
          none.stderr,
          `error: There are 0 of 1 agents at ${plain} (there: none): ` +
            "start more with deno task agent --nats …\n",
        );
      });

      await start("a");
      await start("b");

      await t.step("an agent whose name is taken is refused", async () => {
        const { code, stderr } = await wsmark("agent", "--nats", url, "--id", "a");
        assert.equal(code, 2);
        assert.equal(
          stderr,
          `error: There is an agent called a at ${plain} already: name this one with --id\n`,
        );
      });

      await t.step("all agents are in the result and its reports, and no secret is", async () => {
        const { code, stdout, stderr } = await wsmark(
          ...["--agents", url, "--agents-min", "2", ...run],
        );
        assert.equal(code, 0, stderr);
        const result: Result = JSON.parse(Deno.readTextFileSync(join(out, "results.json")));
        assert.deepEqual(result.agents!.map(({ id, isHere }) => [id, isHere]), [
          ["a", true],
          ["b", true],
        ]);
        assert.ok(result.agents!.every(({ machine }) => machine.length > 5));
        for (const trial of result.trials) {
          assertCompleted(trial);
          if (trial.state !== "completed") continue;
          assert.deepEqual(trial.sharing!.generators.map(({ agent }) => agent), ["a", "b"]);
        }
        const report = Deno.readTextFileSync(join(out, "report.md"));
        assert.match(report, /2 agents on 1 machine made the load together \(a, b\)/);
        assert.match(report, /Shares: 4 rows/);
        assert.ok(!(textIn(out) + stdout + stderr).includes(token));
      });

      await t.step("a run goes on with its own agents, and says which are missing", async () => {
        const trials = join(out, "trials.jsonl");
        const [first] = Deno.readTextFileSync(trials).split("\n");
        Deno.writeTextFileSync(trials, `${first}\n`);
        const locked = await wsmark("resume", out);
        assert.equal(locked.code, 2);
        assert.match(locked.stderr, /^error: The NATS at nats:.* asks who comes/m);
        await agents.get("b")!.stop();
        const missing = await wsmarkWith({ WSMARK_NATS_TOKEN: token }, ["resume", out]);
        assert.equal(missing.code, 2);
        assert.match(
          missing.stderr,
          /^error: The run needs the agents that it began with, and b is not at nats:.* \(there: a\): start it with --id$/m,
        );
        await start("b");
        const { code, stderr } = await wsmarkWith({ WSMARK_NATS_TOKEN: token }, ["resume", out]);
        assert.equal(code, 0, stderr);
        const result: Result = JSON.parse(Deno.readTextFileSync(join(out, "results.json")));
        assert.equal(result.state, "finished");
        assert.deepEqual(result.settings.agents!.ids, ["a", "b"]);
      });
    } finally {
      await Promise.all([...agents.values()].map((agent) => agent.stop()));
      await Deno.remove(folder, { recursive: true });
    }
  },
}));
