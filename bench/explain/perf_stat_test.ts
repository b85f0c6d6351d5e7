import assert from "node:assert/strict";
import { lacking, needing } from "../../checks/testing/needs.ts";
import { until } from "../../checks/testing/until.ts";
import { type System, thisSystem } from "../machine/system.ts";
import { attachPerf, type PerfStat, readCounts, totalsOf, whyNot } from "./perf_stat.ts";

// As `perf stat -x ';'` of Linux 6.1 printed it.
const CSV = `# started on Tue Dec  1 02:10:54 2026

6596;;raw_syscalls:sys_enter;99476214;100.00;;
1860;;syscalls:sys_enter_read;49476214;49.74;;
<not supported>;;instructions:u;0;100.00;;
`;

Deno.test("readCounts() reads a line an event", () => {
  assert.deepEqual(readCounts(CSV), [
    { event: "raw_syscalls:sys_enter", count: 6596, counted: 100 },
    { event: "syscalls:sys_enter_read", count: 1860, counted: 49.74 },
    { event: "instructions:u", count: null, counted: 100 },
  ]);
});

Deno.test("totalsOf() gives no figure for what was counted half of the time, or not at all", () => {
  const totals = totalsOf(readCounts(CSV), ["all", "read", "instructions"]);
  assert.equal(totals.all, 6596);
  assert.match(JSON.stringify(totals.read), /counted for 50 % of the time only/);
  assert.match(JSON.stringify(totals.instructions), /does not count it/);
});

const system = (paranoid: string): System => ({ ...thisSystem, read: () => paranoid });

Deno.test("whyNot() says in one line what perf says in many", () => {
  const forbidden = `event syntax error: 'raw_syscalls:sys_enter'
                     \\___ can't access trace events

Error:	No permissions to read /sys/kernel/tracing/events/raw_syscalls/sys_enter
Hint:	Try 'sudo mount -o remount,mode=755 /sys/kernel/tracing/'`;
  assert.equal(
    whyNot(forbidden, system("2\n")),
    "perf is not permitted here (perf_event_paranoid is 2): it takes root or CAP_PERFMON",
  );
  assert.equal(
    whyNot("WARNING: perf not found for kernel 6.8.0-31\n\n  You may need to install", system("2")),
    "perf cannot count here: WARNING: perf not found for kernel 6.8.0-31",
  );
  assert.equal(whyNot("", system("2")), "perf cannot count here: it said nothing");
});

Deno.test(needing(["Unix"], {
  name: "attachPerf() says what is missing, or what perf said when it ended",
  async fn() {
    const folder = await Deno.makeTempDir();
    await using _ = { [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
    const none = await attachPerf(Deno.pid, ["x"], folder, `${folder}/none`);
    assert.match(JSON.stringify(none), /there is no perf: install it/);
    const refusing = `${folder}/perf`;
    await Deno.writeTextFile(refusing, "#!/bin/sh\necho 'Error: too many of them' >&2\nexit 1\n");
    await Deno.chmod(refusing, 0o755);
    const refused = await attachPerf(Deno.pid, ["x"], folder, refusing);
    assert.deepEqual(refused, { absent: "perf cannot count here: too many of them" });
  },
}));

/** Why perf cannot count system calls here; undefined if it can. */
async function lackOfPerf(): Promise<{ missing: string; isForGood: true } | undefined> {
  if (Deno.build.os !== "linux") return { missing: "no Linux", isForGood: true };
  const folder = await Deno.makeTempDir();
  try {
    const perf = await attachPerf(Deno.pid, ["raw_syscalls:sys_enter"], folder);
    if ("absent" in perf) return { missing: perf.absent, isForGood: true };
    await perf.detach();
    return undefined;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test(lacking(await lackOfPerf(), {
  name: "attachPerf() counts the window only",
  async fn() {
    const folder = await Deno.makeTempDir();
    // It writes a byte for each that it reads: two system calls, until the end.
    const child = new Deno.Command("dd", {
      args: ["bs=1", "of=/dev/null", "status=none"],
      stdin: "piped",
    }).spawn();
    const input = child.stdin.getWriter();
    try {
      const events = ["syscalls:sys_enter_read", "syscalls:sys_enter_write"];
      const perf = await attachPerf(child.pid, events, folder) as PerfStat;
      const feed = async (bytes: number): Promise<void> => {
        const before = written(child.pid);
        await input.write(new Uint8Array(bytes));
        await until("its bytes", () => written(child.pid) >= before + bytes);
      };
      await feed(50);
      perf.start();
      // Orders and bytes go through pipes of their own: perf has to have begun.
      await perf.settled();
      await feed(100);
      perf.end();
      await perf.settled();
      await feed(50);
      await perf.detach();
      const totals = perf.read(Infinity) as Record<string, number>;
      assert.equal(totals["syscalls:sys_enter_write"], 100);
      // The read that it waited in had begun before.
      assert.ok([100, 101].includes(totals["syscalls:sys_enter_read"]!), JSON.stringify(totals));
    } finally {
      await input.close().catch(() => {});
      await child.status;
      await Deno.remove(folder, { recursive: true });
    }
  },
}));

/** Bytes that a process has written: proc(5), `io`. */
function written(pid: number): number {
  return Number(/^wchar: (\d+)$/m.exec(Deno.readTextFileSync(`/proc/${pid}/io`))?.[1]);
}
