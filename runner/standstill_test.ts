import assert from "node:assert/strict";
import { needing } from "../testing/needs.ts";
import { startChild } from "./child.ts";
import { unlessStopped, watchStandstill } from "./standstill.ts";

const never = new Promise<never>(() => {});
const NOT_YET = { state: "failed", reason: "not yet" } as const;

function within(ms: number): Promise<typeof NOT_YET> {
  return new Promise((resolve) => setTimeout(() => resolve(NOT_YET), ms));
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

Deno.test("watchStandstill() finds nothing of a process that runs, or is none", async () => {
  const child = startChild(["sleep", "61"]);
  using watch = watchStandstill([child.pid, 2 ** 31 - 1].map((pid) => ({ who: "It", pid })), 0, 0);
  assert.equal(await Promise.race([unlessStopped(never, watch), within(1200)]), NOT_YET);
  await child.stop();
});

Deno.test(needing("Linux", {
  name: "watchStandstill() does not look while all may be quiet, nor once that begins anew",
  async fn() {
    const child = startChild(["sh", "-c", "echo; kill -STOP $$"]);
    await child.lines.next();
    using watch = watchStandstill([{ who: "It", pid: child.pid }], 60_000, 0);
    using other = watchStandstill([{ who: "It", pid: child.pid }], 400, 0);
    const hearing = setInterval(other.heard, 50);
    assert.equal(
      await Promise.race([unlessStopped(never, watch), unlessStopped(never, other), within(1500)]),
      NOT_YET,
    );
    clearInterval(hearing);
    await child.stop();
  },
}));
