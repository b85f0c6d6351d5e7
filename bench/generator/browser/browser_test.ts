/** A trial in real Chromium. */

import assert from "node:assert/strict";
import { isMeasured } from "../../../measure/model/result.ts";
import type { CompletedTrial, Trial } from "../../../measure/model/result.ts";
import { burst } from "../../../scenarios/burst.ts";
import { latency } from "../../../scenarios/latency.ts";
import { servers } from "../../../servers/mod.ts";
import type { ServerEntry } from "../../../servers/types.ts";
import type { PlannedTrial } from "../../plan/plan_types.ts";
import { descendantsOf, isAlive, type Process } from "../../testing/browser.ts";
import { needing } from "../../../checks/testing/needs.ts";
import { until } from "../../../checks/testing/until.ts";
import { faultyServer, plannedTrial } from "../../testing/plans.ts";
import { runTrial, type TrialSettings } from "../../run/trial.ts";
import { assertCompleted } from "../../testing/trials.ts";

const settings: TrialSettings = {
  warmupMs: 50,
  durationMs: 1000,
  pinning: { absent: "this is a test" },
  engine: { id: "tcp" },
  generators: 1,
  samples: 50,
};
const never = new AbortController().signal;
const onLinux = Deno.build.os === "linux";

const listed = (wanted: string): ServerEntry => servers.find(({ id }) => id === wanted)!;

function browserTest(name: string, fn: () => Promise<void>): void {
  Deno.test(needing(["Chromium", "esbuild"], { name, fn }));
}

function planned(...plan: Parameters<typeof plannedTrial>): PlannedTrial {
  return { ...plannedTrial(...plan), client: "browser" };
}

async function completed(plan: PlannedTrial): Promise<CompletedTrial> {
  const trial = await runTrial(plan, settings, never);
  assertCompleted(trial);
  return trial as CompletedTrial;
}

browserTest("the browser measures the latency of a server by a fine clock", async () => {
  const parameters = { connections: 1, inFlight: 1, size: 64 };
  const trial = await completed(planned(listed("native"), latency, parameters));
  const { counts, integrity, phases, timeline, samples, connections } = trial;
  assert.ok(counts.replies > 0 && connections);
  assert.equal(integrity.answered, integrity.sent);
  assert.ok(phases.windowMs >= 1000 && timeline.length >= 2);
  // Without isolation every latency would be whole tenths of a millisecond.
  const microseconds = samples!.latencyMs.map((ms) => Math.round(ms * 1000));
  assert.ok(microseconds.some((us) => us % 100 > 10 && us % 100 < 90), microseconds.join());
});

for (const server of ["native", "socketio"]) {
  browserTest(`the browser loses none of the messages of a burst at ${server}`, async () => {
    const trial = await completed(planned(listed(server), burst, { messages: 2000 }));
    const { integrity, counts, cpu } = trial;
    assert.ok(counts.replies >= 2000);
    assert.equal(counts.replies % 2000, 0, "whole bursts");
    assert.deepEqual(integrity, {
      ...{ sent: integrity.sent, answered: integrity.sent },
      ...{ lost: 0, duplicated: 0, reordered: 0, corrupted: 0 },
    });
    if (!onLinux) return;
    // The process that waits for the browser uses next to nothing: Chromium's time is also counted.
    const { timeNs } = cpu.generator;
    assert.ok(isMeasured(timeNs) && timeNs > counts.replies * 1000, JSON.stringify(cpu));
  });
}

browserTest("the browser counts replies that are missing", async () => {
  const { integrity, warnings } = await completed(planned(faultyServer("drop")));
  assert.ok(integrity.lost > 0);
  assert.ok(warnings.some(({ kind }) => kind === "wrong replies"));
});

browserTest("the browser reports that a server refuses it", async () => {
  const trial = await runTrial(planned(faultyServer("refuse")), settings, never);
  assert.equal(trial.state, "failed");
  if (trial.state !== "failed") return;
  assert.match(trial.reason, /^Connection \d of 2 could not be opened: code 1006$/);
});

/** Ends some of the processes while the traffic runs. */
async function runAndKill(
  choose: (generator: number, processes: readonly Process[]) => readonly number[],
): Promise<{ trial: Trial; processes: readonly Process[] }> {
  let processes: readonly Process[] = [];
  const trial = await runTrial(
    planned(faultyServer("none")),
    {
      ...settings,
      durationMs: 120_000,
      started([generator]) {
        processes = descendantsOf(generator!);
        for (const pid of choose(generator!, processes)) Deno.kill(pid, "SIGKILL");
      },
    },
    never,
  );
  return { trial, processes };
}

if (onLinux) {
  browserTest("the browser ends with a generator that is killed, and leaves nothing", async () => {
    const { trial, processes } = await runAndKill((generator) => [generator]);
    assert.equal(
      trial.state === "failed" && trial.reason,
      "The generator ended: signal SIGKILL",
    );
    const folders = processes.flatMap(({ command }) =>
      /--user-data-dir=(\S*wsmark-browser-[^/]+)/.exec(command)?.[1] ?? []
    );
    assert.ok(processes.length > 3 && folders.length > 0);
    await until("the end of all processes", () => !processes.some(isAlive));
    const isThere = (path: string): boolean => {
      try {
        return Deno.statSync(path).isDirectory;
      } catch {
        return false;
      }
    };
    await until("the end of all folders", () => !folders.some(isThere));
  });

  for (
    const [what, part, reason] of [
      ["the page", /--type=renderer/, "The browser's page crashed"],
      ["the browser", /--remote-debugging-pipe/, "The browser ended during the trial"],
    ] as const
  ) {
    browserTest(`a trial fails with the reason when ${what} crashes`, async () => {
      const { trial } = await runAndKill((_, processes) =>
        processes.filter(({ command }) =>
          part.test(command) && (what === "the page" || !command.includes("--type="))
        ).map(({ pid }) => pid)
      );
      assert.equal(trial.state === "failed" && trial.reason, reason);
    });
  }
}
