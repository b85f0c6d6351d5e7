import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { until } from "../../checks/testing/until.ts";
import { fakeSystem } from "../machine/testing.ts";
import { startChild } from "./child.ts";
import { nicenessFor, priorityOf, unequalNiceness } from "./priority.ts";

const ENABLED = "/proc/sys/kernel/sched_autogroup_enabled";
const stat = (nice: number): string =>
  `7 (a) b) R 1 7 7 0 -1 4194304 3669 0 0 0 3 1 0 0 ${20 + nice} ${nice} 6 0`;

/** The files of a process. */
function filesOf(pid: number | string, nice: number, groupNice: number, group = "0::/"): object {
  return {
    [`/proc/${pid}/stat`]: stat(nice),
    [`/proc/${pid}/autogroup`]: `/autogroup-54 nice ${groupNice}\n`,
    [`/proc/${pid}/cgroup`]: `${group}\n`,
  };
}

for (
  const [what, files, priority] of [
    ["a session that is a group", filesOf(7, 3, -5), { nice: 3, groupNice: -5 }],
    [
      "one in the root of the CPU controller",
      filesOf(7, 0, 4, "4:memory:/x\n1:cpu,cpuacct:/\n0::/"),
      { nice: 0, groupNice: 4 },
    ],
    ["a process in a control group", filesOf(7, 3, 0, "0::/user.slice"), undefined],
    ["one in a group of the CPU controller", filesOf(7, 3, 0, "1:cpu:/docker/a\n0::/"), undefined],
    ["a system that groups no sessions", { ...filesOf(7, 3, 0), [ENABLED]: "0\n" }, undefined],
  ] as const
) {
  Deno.test(`priorityOf() knows what counts for ${what}`, () => {
    const system = fakeSystem({ [ENABLED]: "1\n", ...files });
    assert.deepEqual(priorityOf(7, system), priority ?? { nice: 3, groupNice: undefined });
  });
}

Deno.test("priorityOf() knows nothing of a process that has ended, and nothing elsewhere", () => {
  assert.equal(priorityOf(7, fakeSystem({})), undefined);
  const mac = fakeSystem(filesOf(7, 3, 0) as Record<string, string>, { platform: "darwin" });
  assert.equal(priorityOf(7, mac), undefined);
});

for (
  const [nice, groupNice, niceness] of [
    [0, 0, 0],
    [5, 0, 5],
    [0, -5, -5],
    [10, 15, 19],
    [-15, -10, -20],
    [7, undefined, 7],
  ] as const
) {
  Deno.test(`nicenessFor() is ${niceness} of niceness ${nice} in a group of ${groupNice}`, () => {
    assert.equal(nicenessFor({ nice, groupNice }), niceness);
  });
}

Deno.test("unequalNiceness() finds sides that differ from one another, or from the runner", () => {
  const found = (server: number, client: number, own: number) =>
    unequalNiceness(
      1,
      2,
      fakeSystem({
        [ENABLED]: "1",
        ...filesOf(1, 0, server),
        ...filesOf(2, 0, client),
        ...filesOf("self", own, 0),
      }),
    );
  assert.equal(found(3, 3, 3), undefined);
  assert.deepEqual(found(5, 3, 3), { serverNice: 5, clientNice: 3, asked: 3 });
  assert.deepEqual(found(0, 0, -3), { serverNice: 0, clientNice: 0, asked: -3 });
  assert.equal(unequalNiceness(1, 2, fakeSystem({})), undefined);
});

Deno.test(needing("Linux", {
  name: "startChild() has a child inherit niceness, and stand against others as the runner does",
  async fn() {
    const child = startChild(["sh", "-c", "echo started; read line"]);
    try {
      assert.equal((await child.lines.next()).value, "started");
      const own = priorityOf("self")!;
      assert.equal(priorityOf(child.pid)!.nice, own.nice);
      await until("its niceness", () => {
        const found = priorityOf(child.pid)!.groupNice;
        return found === undefined || found === nicenessFor(own);
      });
    } finally {
      await child.stop();
    }
  },
}));

Deno.test(needing("Linux", {
  name: "a child of a runner with niceness has it against others as well",
  async fn() {
    const program = import.meta.resolve("../testing/priority.ts");
    const { success, stdout, stderr } = await new Deno.Command("nice", {
      args: ["-n", "3", Deno.execPath(), "run", "--quiet", "--allow-all", program],
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    const { own, child } = JSON.parse(new TextDecoder().decode(stdout));
    assert.equal(child.nice, own.nice);
    if (own.groupNice !== undefined) assert.equal(child.groupNice, nicenessFor(own));
  },
}));
