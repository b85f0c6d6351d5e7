import assert from "node:assert/strict";
import { isMeasured } from "../../measure/model/result.ts";
import { decodeHistogram } from "../../measure/record/hdr.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { startServer } from "../process/server_process.ts";
import { faultyServer, plannedTrial } from "../testing/plans.ts";
import { credible, runTrial, type TrialSettings } from "./trial.ts";
import { assertCompleted } from "../testing/trials.ts";

const settings: TrialSettings = {
  warmupMs: 50,
  durationMs: 500,
  pinning: { absent: "this is a test" },
  engine: { id: "tcp" },
  generators: 1,
  samples: 10,
};
const never = new AbortController().signal;

Deno.test("runTrial() measures a server", async () => {
  const trial = await runTrial(plannedTrial(faultyServer("none")), settings, never);
  assertCompleted(trial);
  if (trial.state !== "completed") return;
  const { counts, integrity, metrics, phases, cpu, memory, timeline, histograms } = trial;
  assert.ok(counts.replies > 0);
  assert.equal(counts.connections, 2);
  assert.equal(integrity.answered, integrity.sent);
  assert.ok(phases.windowMs >= 500 && phases.startMs > 0);
  assert.equal(metrics["rate"], counts.replies / (phases.windowMs / 1000));
  assert.ok(decodeHistogram(histograms.serviceTime!).count > 0);
  assert.ok(timeline.length >= 2);
  assert.ok(timeline.reduce((sum, { count }) => sum + count, 0) <= counts.replies);
  if (Deno.build.os !== "linux") return;
  for (const figure of [cpu.server.timeNs, cpu.generator.timeNs, ...Object.values(memory)]) {
    assert.ok(isMeasured(figure) && figure > 0, JSON.stringify({ cpu, memory }));
  }
  assert.ok((memory.peak as number) >= (memory.before as number));
});

Deno.test("runTrial() warns of replies that are missing", async () => {
  const trial = await runTrial(plannedTrial(faultyServer("drop")), settings, never);
  assertCompleted(trial);
  if (trial.state !== "completed") return;
  assert.ok(trial.integrity.lost > 0);
  assert.ok(trial.warnings.some(({ kind }) => kind === "wrong replies"));
});

for (const [client, engine] of [["websocket", "tcp"], ["wire", "epoll"]] as const) {
  Deno.test({
    name: `runTrial() warns of a generator that was stopped within the window: ${client}`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      const timers: ReturnType<typeof setTimeout>[] = [];
      const trial = await runTrial({ ...plannedTrial(faultyServer("none")), client }, {
        ...settings,
        engine: { id: engine },
        durationMs: 2500,
        started([pid = 0]) {
          timers.push(
            setTimeout(() => Deno.kill(pid, "SIGSTOP"), 500),
            setTimeout(() => Deno.kill(pid, "SIGCONT"), 1700),
          );
        },
      }, never);
      for (const timer of timers) clearTimeout(timer);
      assertCompleted(trial);
      if (trial.state !== "completed") return;
      const warning = trial.warnings.find(({ kind }) => kind === "window held up");
      assert.ok(warning?.kind === "window held up", JSON.stringify(trial.warnings));
      assert.ok(warning.standstillMs > 500, JSON.stringify(warning));
    },
  });
}

for (
  const [fault, reason] of [
    ["kill", "The server ended during the trial: signal SIGKILL"],
    ["exit", 'The server ended during the trial: exit code 7: "out of luck"'],
    ["refuse", /^Connection \d of 2 could not be opened: code 1006/],
  ] as const
) {
  Deno.test(`runTrial() fails with the reason when the server has the fault "${fault}"`, async () => {
    // It ends as soon as the fault comes.
    const endless = { ...settings, durationMs: 120_000 };
    const trial = await runTrial(plannedTrial(faultyServer(fault)), endless, never);
    assert.equal(trial.state, "failed");
    if (trial.state !== "failed") return;
    if (typeof reason === "string") assert.equal(trial.reason, reason);
    else assert.match(trial.reason, reason);
  });
}

Deno.test("runTrial() fails with the reason when the server cannot be started", async () => {
  const missing: ServerEntry = {
    ...faultyServer("none"),
    launch: { by: "contract", command: () => ({ missing: "no-such-program-here: get it" }) },
  };
  const trial = await runTrial(plannedTrial(missing), settings, never);
  assert.equal(trial.state, "failed");
  if (trial.state === "failed") assert.match(trial.reason, /no-such-program-here/);
});

Deno.test("credible() has no CPU time if none was counted though messages were answered", () => {
  const none = { timeNs: 0, share: 0 };
  const reason = { absent: "the system counted no CPU time, though messages were answered" };
  const absent = { timeNs: reason, share: reason };
  assert.deepEqual(credible(none, { replies: 1, handshakes: 0 }), absent);
  assert.deepEqual(credible(none, { replies: 0, handshakes: 1 }), absent);
  assert.deepEqual(credible(none, { replies: 0, handshakes: 0 }), none, "idle connections");
  const some = { timeNs: 1, share: 0.1 };
  assert.deepEqual(credible(some, { replies: 1, handshakes: 0 }), some);
});

Deno.test({
  name: "runTrial() has no account of a process that is not the server",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const own = await startServer(faultyServer("none"));
    const other = await startServer(faultyServer("none"));
    try {
      const { pid } = other.ready;
      assert.ok(isMeasured(pid));
      const launch = { by: "url", url: own.ready.url, pid } as const;
      const trial = await runTrial(
        plannedTrial({ ...faultyServer("none"), launch }),
        settings,
        never,
      );
      assertCompleted(trial);
      if (trial.state !== "completed") return;
      const { timeNs } = trial.cpu.server;
      assert.ok(!isMeasured(timeNs));
      assert.match(
        timeNs.absent,
        /^the process \d+ does not listen at port \d+, another one does$/,
      );
      assert.deepEqual(trial.memory.peak, timeNs);
    } finally {
      await Promise.all([own.stop(), other.stop()]);
    }
  },
});

Deno.test("runTrial() gives up at once when it is stopped", async () => {
  const controller = new AbortController();
  const trial = runTrial(
    plannedTrial(faultyServer("none")),
    { ...settings, durationMs: 60_000 },
    controller.signal,
  );
  setTimeout(() => controller.abort(new Error("stopped")), 300);
  await assert.rejects(trial, { message: "stopped" });
});

Deno.test("runTrial() repeats no secret in its reason, cuts and escapes it", async () => {
  const words = `t0ken \x1b[2J ${"a b ".repeat(25_000)}`;
  const secret: ServerEntry = {
    ...faultyServer("none"),
    launch: {
      by: "command",
      command: ["deno", "eval", "***"],
      whole: () => ({ command: ["deno", "eval", "--token", "t0ken"] }),
    },
  };
  const failing: ServerEntry = {
    ...secret,
    launch: { by: "contract", command: () => ({ missing: words }) },
  };
  const trial = await runTrial(plannedTrial(failing), settings, never);
  assert.ok(trial.state === "failed" && trial.reason.length < 1100, JSON.stringify(trial));
  assert.ok(trial.reason.includes("\\u001b[2J"), trial.reason);
  const said = await runTrial(plannedTrial(secret), settings, never);
  assert.ok(said.state === "failed" && !said.reason.includes("t0ken"), JSON.stringify(said));
  assert.match(said.reason, /--token|\*\*\*/);
});
