import assert from "node:assert/strict";
import { startChild } from "./child.ts";
import { descendantsOf, killAll } from "./descendants.ts";

const ignore = Deno.build.os !== "linux";
/** A child in a session of its own, which has one itself; says their ids. */
const APART = "setsid sh -c 'sleep 61 & echo $$ $!; wait' & wait";

function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return false;
  }
}

async function untilGone(...pids: readonly number[]): Promise<void> {
  for (let tries = 0; pids.some(isRunning); tries++) {
    assert.ok(tries < 500, `still there: ${pids.filter(isRunning)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

Deno.test({
  name:
    "descendantsOf() finds children in other sessions, and killAll() only those that were found",
  ignore,
  async fn() {
    const child = startChild(["sh", "-c", APART]);
    const [session, sleep] = (await child.lines.next()).value!.split(" ").map(Number);
    const found = descendantsOf(child.pid);
    assert.deepEqual(found.map(({ pid }) => pid).sort(), [session, sleep].sort());
    killAll(found.map((one) => ({ ...one, startTicks: one.startTicks - 1 })));
    assert.ok(isRunning(session!) && isRunning(sleep!));
    killAll(found);
    await untilGone(session!, sleep!);
    await child.stop();
    assert.deepEqual(descendantsOf(child.pid), []);
  },
});

Deno.test({
  name: "startChild().stop() ends children in other sessions",
  ignore,
  async fn() {
    const child = startChild(["sh", "-c", APART]);
    const pids = (await child.lines.next()).value!.split(" ").map(Number);
    await child.stop();
    await untilGone(...pids);
  },
});
