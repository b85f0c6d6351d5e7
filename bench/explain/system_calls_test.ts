import assert from "node:assert/strict";
import { thisSystem } from "../machine/system.ts";
import type { PerfStat } from "./perf_stat.ts";
import { byKind, systemCallEvents, systemCallsObserver } from "./system_calls.ts";

const target = { server: undefined as never, pid: 7, folder: "" };
const window = { replies: 10, windowMs: 1000 };

Deno.test("systemCallEvents() names those of this kernel only: perf refuses all if one is unknown", () => {
  const events = systemCallEvents({
    ...thisSystem,
    list: (folder) =>
      folder === "/sys/kernel/tracing/events/syscalls"
        ? ["sys_enter_read", "sys_exit_read", "sys_enter_epoll_pwait"]
        : null,
  });
  assert.deepEqual(events, [
    "raw_syscalls:sys_enter",
    "syscalls:sys_enter_read",
    "syscalls:sys_enter_epoll_pwait",
  ]);
  const closed = {
    ...thisSystem,
    list: () => {
      throw new Deno.errors.PermissionDenied("no");
    },
  };
  assert.deepEqual(systemCallEvents(closed), ["raw_syscalls:sys_enter"]);
});

Deno.test("byKind() adds up the calls of a kind, and the rest is other", () => {
  const found = byKind({
    "raw_syscalls:sys_enter": 100,
    "syscalls:sys_enter_read": 20,
    "syscalls:sys_enter_recvfrom": 10,
    "syscalls:sys_enter_sendto": 30,
    "syscalls:sys_enter_epoll_wait": 5,
    "syscalls:sys_enter_epoll_ctl": 0,
    "syscalls:sys_enter_io_uring_enter": 0,
    "syscalls:sys_enter_futex": 7,
    "syscalls:sys_enter_mmap": 8,
  });
  assert.deepEqual(found, {
    "syscalls.all": 100,
    "syscalls.read": 30,
    "syscalls.write": 30,
    "syscalls.wait": 5,
    "syscalls.interest": 0,
    "syscalls.uring": 0,
    "syscalls.lock": 7,
    "syscalls.memory": 8,
    "syscalls.other": 20,
  });
});

Deno.test("byKind() says why, if there is nothing, or only the sum", () => {
  const reason = { absent: "there is no perf" };
  assert.deepEqual(Object.values(byKind(reason)), new Array(9).fill(reason));
  const { "syscalls.all": all, ...kinds } = byKind({ "raw_syscalls:sys_enter": 9 });
  assert.equal(all, 9);
  const unknown = { absent: "the kernel does not tell the kinds apart" };
  assert.deepEqual(Object.values(kinds), new Array(8).fill(unknown));
});

Deno.test("elsewhere it says that only Linux counts them", async () => {
  const watch = await systemCallsObserver({ ...thisSystem, platform: "darwin" }).attach(target);
  const { totals } = await watch.read(window);
  assert.deepEqual(totals["syscalls.all"], { absent: "only Linux counts them for processes" });
});

Deno.test("it is told of the window", async () => {
  const told: string[] = [];
  const perf: PerfStat = {
    start: () => void told.push("start"),
    end: () => void told.push("end"),
    settled: () => Promise.resolve(),
    detach: () => Promise.resolve(void told.push("detach")),
    read: (windowMs) => ({ "raw_syscalls:sys_enter": windowMs }),
  };
  const system = { ...thisSystem, platform: "linux", list: () => [] };
  const watch = await systemCallsObserver(system, () => Promise.resolve(perf)).attach(target);
  watch.windowStarts!();
  watch.windowEnds!();
  await watch.detach!();
  assert.deepEqual(told, ["start", "end", "detach"]);
  assert.equal((await watch.read(window)).totals["syscalls.all"], 1000);
});
