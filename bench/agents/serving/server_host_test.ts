import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { until } from "../../../checks/testing/until.ts";
import { servers } from "../../../servers/mod.ts";
import { throughput } from "../../../scenarios/throughput.ts";
import type { ServerEntry } from "../../../servers/types.ts";
import { type FailedTrial, isMeasured, type Trial } from "../../../measure/model/result.ts";
import { planRun } from "../../plan/options.ts";
import { foreignServer } from "../../plan/own_servers/custom_server.ts";
import { startServer } from "../../process/server_process.ts";
import { plannedTrial } from "../../testing/plans.ts";
import { runTrial } from "../../run/trial.ts";
import { type Fleet, takeAgents } from "../fleet.ts";
import { findAgents } from "../list.ts";
import { decode, encode, Order } from "../messages.ts";
import { startAgentsWith } from "../testing/agents.ts";
import { assertCompleted } from "../../testing/trials.ts";

const ENGINE = Deno.build.os === "linux" ? "epoll" : "tcp";
const native = servers.find(({ id }) => id === "native")!;

async function drive(
  fleet: Fleet,
  server: ServerEntry,
  { tls, durationMs = 300, started }: {
    readonly tls?: "on";
    readonly durationMs?: number;
    readonly started?: () => void;
  } = {},
): Promise<Trial> {
  const parameters = { connections: 2, inFlight: 1, size: 64, ...(tls && { tls }) };
  const plan = plannedTrial(server, throughput, parameters);
  return await runTrial({ ...plan, client: "wire" }, {
    warmupMs: 50,
    durationMs,
    pinning: { absent: "this is a test" },
    engine: { id: tls ? "tcp" : ENGINE },
    generators: fleet.agents.length,
    samples: 0,
    certificate: fleet.host!.certificate,
    fleet,
    started,
  }, new AbortController().signal);
}

function assertMeasured(trial: Trial): void {
  assertCompleted(trial);
  if (trial.state !== "completed") return;
  const { lost, duplicated, corrupted } = trial.integrity;
  assert.deepEqual([lost, duplicated, corrupted], [0, 0, 0]);
  assert.ok(trial.counts.replies > 0);
  if (Deno.build.os !== "linux") return;
  assert.ok(isMeasured(trial.cpu.server.timeNs) && trial.cpu.server.timeNs > 0);
  for (const [name, bytes] of Object.entries(trial.memory)) assert.ok(isMeasured(bytes), name);
}

Deno.test("orders name a server of the list, never a command", () => {
  const order = {
    order: "serve",
    session: "a",
    work: "b",
    port: 0,
    isSecure: false,
    patienceMs: 1,
  };
  assert.deepEqual(
    decode(encode({ ...order, server: "native" }), Order),
    { ...order, server: "native" },
  );
  for (const server of ["sh", "../native", "native; id", ["native"]]) {
    assert.throws(() => decode(encode({ ...order, server }), Order), SyntaxError);
  }
  const more = { ...order, server: "native", command: ["id"] };
  assert.throws(() => decode(encode(more), Order), SyntaxError);
});

Deno.test("a command is refused for a server on an agent, one of the list is not", () => {
  const agents = { nats: "nats://10.0.0.1", ids: ["a"], server: "s", areHere: false };
  assert.throws(
    () => planRun({ agents, servers: [{ name: "own", command: "id" }], scenarios: ["latency"] }),
    { name: "UsageError", message: /^own has a command, and no agent runs what comes over the/ },
  );
  const plan = planRun({ agents, servers: ["native"], scenarios: ["latency"] });
  assert.equal(plan.settings.agents?.server, "s");
});

Deno.test(needing(["nats-server", "Unix"], {
  name: "an agent with --serve has the servers of a run",
  async fn(t) {
    await using running = await startAgentsWith({
      load: [],
      other: [],
      server: ["--serve", "--serve-address", "127.0.0.1"],
    });
    const { bus, agents, url } = running;

    await t.step("and makes no load", async () => {
      await using fleet = await takeAgents(bus, { least: 2, server: "server" });
      assert.deepEqual(fleet.agents.map(({ id }) => id), ["load", "other"]);
      assert.equal(fleet.host!.agent.id, "server");
      assert.ok(fleet.host!.agent.machine.length > 5);
    });

    await t.step("which it starts and samples, also over TLS", async () => {
      await using fleet = await takeAgents(bus, { least: 2, server: "server" });
      assertMeasured(await drive(fleet, native));
      assertMeasured(await drive(fleet, native, { tls: "on" }));
    });

    await t.step("and samples one that runs there already", async () => {
      const found = await startServer(native);
      try {
        const pid = found.ready.pid as number;
        const own = (pid: number): ServerEntry =>
          foreignServer({ name: "own", url: found.ready.url, path: "/echo", pid }, true);
        await using fleet = await takeAgents(bus, { server: "server" });
        assertMeasured(await drive(fleet, own(pid)));
        const { reason } = await drive(fleet, own(Deno.pid)) as FailedTrial;
        assert.match(reason, /^The agent server, which has the server: /);
      } finally {
        await found.stop();
      }
    });

    await t.step("says why one does not start", async () => {
      await using fleet = await takeAgents(bus, { server: "server" });
      await assert.rejects(
        fleet.host!.start(native, { port: 1, transport: { deflate: "takeover" }, patienceMs: 1 }),
        /^Error: The agent server, which has the server: native printed no ready line in 0.001 s/,
      );
    });

    await t.step("or is refused if there is none of its id, or it has none", async () => {
      await assert.rejects(takeAgents(bus, { server: "load" }), {
        name: "UsageError",
        message: "The agent load starts no servers: start it with --serve",
      });
      await assert.rejects(takeAgents(bus, { server: "nobody" }), {
        name: "UsageError",
        message: `No agent at ${url} is called nobody (there: load, other, server): ` +
          "start it with deno task agent --nats … --id nobody --serve",
      });
    });

    await t.step("and fails the trial by its name if it is killed", async () => {
      await until("all to be ready", async () => {
        const found = await findAgents(bus);
        return found.length === 3 && found.every(({ description }) => description.session === null);
      });
      await using fleet = await takeAgents(bus, { least: 2, server: "server" });
      const trial = await drive(fleet, native, {
        durationMs: 60_000,
        started: () => Deno.kill(agents.get("server")!.pid, "SIGKILL"),
      });
      assert.equal(trial.state, "failed");
      if (trial.state !== "failed") return;
      assert.match(
        trial.reason,
        /^The agent server(: it is gone| was not heard|: it did not answer)/,
      );
    });
  },
}));
