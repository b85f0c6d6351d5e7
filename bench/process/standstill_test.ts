import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { mock } from "node:test";
import { setImmediate } from "node:timers";
import { until } from "../../checks/testing/until.ts";
import { startChild } from "./child.ts";
import { stoppedBelow } from "./descendants.ts";
import { unlessStopped, type Watch, watchStandstill } from "./standstill.ts";

const never = new Promise<never>(() => {});

/** Timers that a test lets fire, until the scope is left. */
function ownTimers(): Disposable {
  mock.timers.enable({ apis: ["setTimeout"] });
  return { [Symbol.dispose]: () => mock.timers.reset() };
}

/** Whether a watch has found something by now. */
async function hasFound({ found }: Watch): Promise<boolean> {
  let has = false;
  found.then(() => has = true);
  await new Promise((go) => setImmediate(go));
  return has;
}

Deno.test(needing("Linux", {
  name: "watchStandstill() finds a process that is stopped, or one below it, and stop() ends it",
  async fn() {
    for (const stopped of ["$$", "$child"]) {
      const child = startChild([
        "sh",
        "-c",
        `sleep 61 & child=$!; echo; kill -STOP ${stopped}; wait`,
      ]);
      await child.lines.next();
      using watch = watchStandstill([{ who: "It", pid: child.pid }], 0, 0);
      assert.deepEqual(await unlessStopped(never, watch), {
        state: "failed",
        reason: "It stood still: its process was stopped by a signal",
      });
      await child.stop();
      if (stopped === "$$") assert.equal((await child.ended).signal, "SIGTERM");
    }
  },
}));

Deno.test(needing("Linux", {
  name: "watchStandstill() finds nothing about a process that runs, or does not exist",
  async fn() {
    const child = new Deno.Command("sleep", { args: ["61"] }).spawn();
    using _ = ownTimers();
    using watch = watchStandstill(
      [child.pid, 2 ** 31 - 1].map((pid) => ({ who: "It", pid })),
      0,
      0,
    );
    for (let look = 0; look < 10; look++) mock.timers.tick(500);
    assert.equal(await hasFound(watch), false);
    child.kill("SIGKILL");
    await child.status;
  },
}));

Deno.test(needing("Linux", {
  name: "watchStandstill() does not look while all may be quiet",
  async fn() {
    const child = new Deno.Command("sh", { args: ["-c", "kill -STOP $$"] }).spawn();
    await until("the stop", () => stoppedBelow(child.pid));
    using _ = ownTimers();
    using watch = watchStandstill([{ who: "It", pid: child.pid }], 400, 0);
    // It looks after 400 ms, and finds it the second time.
    mock.timers.tick(400 + 499);
    assert.equal(await hasFound(watch), false);
    mock.timers.tick(1);
    assert.equal(await hasFound(watch), true);
    child.kill("SIGKILL");
    await child.status;
  },
}));
