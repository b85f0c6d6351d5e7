import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { until } from "../../checks/testing/until.ts";
import { startChild } from "./child.ts";
import { beginningOf, descendantsOf, killAll, MARK, markedBy } from "./descendants.ts";

/** A child in its own session, which has a child itself; says their ids. */
const APART = "setsid sh -c 'sleep 61 & echo $$ $!; wait' & wait";

/** The script of a child in its own session that is nobody's child any more, as after a double fork. */
const ORPHANED = "sh -c 'setsid sh -c \"sleep 61 & echo \\$\\$ \\$!; wait\" &'";

function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return false;
  }
}

async function untilGone(...pids: readonly number[]): Promise<void> {
  await until(`the end of ${pids}`, () => !pids.some(isRunning));
}

Deno.test(needing(["Linux", "setsid"], {
  name:
    "descendantsOf() finds children in other sessions, and killAll() only those that were found",
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
}));

Deno.test(needing(["Linux", "setsid"], {
  name: "startChild().stop() ends children in other sessions",
  async fn() {
    const child = startChild(["sh", "-c", APART]);
    const pids = (await child.lines.next()).value!.split(" ").map(Number);
    await child.stop();
    await untilGone(...pids);
  },
}));

Deno.test(needing(["Linux", "setsid"], {
  name: "startChild().stop() ends what has forked twice, also if the process has ended itself",
  async fn() {
    for (const last of ["sleep 61 & wait", "exit 3"]) {
      const child = startChild(["sh", "-c", `${ORPHANED}; ${last}`]);
      const pids = (await child.lines.next()).value!.split(" ").map(Number);
      assert.ok(pids.every((pid) => pid > 0 && isRunning(pid)));
      // Until the one in between has ended, they are below.
      const isBelow = (): boolean => descendantsOf(child.pid).some(({ pid }) => pids.includes(pid));
      await until("the end of the one in between", () => !isBelow());
      await child.stop();
      await untilGone(...pids);
    }
  },
}));

Deno.test(needing("Linux", {
  name: "markedBy() finds whole marks alone",
  async fn() {
    const start = (mark: string) =>
      new Deno.Command("sleep", { args: ["61"], env: { [MARK]: mark } }).spawn();
    // A separate mark: all processes of the machine are looked at, and the same test may run at the same time.
    const mark = crypto.randomUUID();
    const [one, other] = [start(`${mark}-1`), start(`${mark}-12`)];
    assert.deepEqual(markedBy(`${mark}-1`).map(({ pid }) => pid), [one.pid]);
    assert.deepEqual(markedBy(mark), []);
    const began = beginningOf(one.pid);
    assert.equal(markedBy(`${mark}-1`, began).length, 1);
    assert.deepEqual(markedBy(`${mark}-1`, began + 1), []);
    killAll([...markedBy(`${mark}-1`), ...markedBy(`${mark}-12`)]);
    await Promise.all([one.status, other.status]);
  },
}));
