import assert from "node:assert/strict";
import { isMeasured } from "../../../measure/model/result.ts";
import { needing } from "../../../checks/testing/needs.ts";
import { until } from "../../../checks/testing/until.ts";
import { parseCpuList } from "../cpu_list.ts";
import {
  cpuBetween,
  createProcessProbe,
  outsideWaitBetween,
  type ProcessSample,
} from "./process.ts";
import { TICK_NS } from "./proc.ts";
import { thisSystem } from "../system.ts";

const ENDED = { absent: "the process has ended" };
const MS = 1_000_000;
/** How exactly it is known what a process has used: to two ticks, user and system time, or what runs at the moment. */
const EXACT_NS = 2 * TICK_NS;

/** What every child of these tests begins with. */
const PRELUDE = `
  import process from "node:process";
  const usedMs = (since) => {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1000;
  };
  const burn = (ms) => {
    const since = process.cpuUsage();
    while (usedMs(since) < ms);
  };
`;

/**
 * Starts a Deno process that answers each line on its stdin with a line, and ends when its stdin
 * does, so that it cannot outlive the test.
 */
function startChild(answer: string): AsyncDisposable & {
  pid: number;
  ask(): Promise<string>;
  end(): Promise<void>;
} {
  const program = `${PRELUDE}
    const decoder = new TextDecoder();
    for await (const chunk of Deno.stdin.readable) {
      for (const _ of decoder.decode(chunk)) console.log(await (async () => { ${answer} })());
    }`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", program],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let ended: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await writer.close();
    while (!(await reader.read()).done);
    await child.status;
  };
  return {
    pid: child.pid,
    async ask(): Promise<string> {
      await writer.write(new TextEncoder().encode("."));
      return (await reader.read()).value ?? "";
    },
    end: () => ended ??= end(),
    [Symbol.asyncDispose]: () => ended ??= end(),
  };
}

function assertBetween(figure: unknown, low: number, high: number): void {
  assert.ok(
    typeof figure === "number" && figure >= low && figure <= high,
    `Expected ${low} to ${high}: received ${JSON.stringify(figure)}`,
  );
}

/** What the living threads of the root used between two samples; 0 if nothing is known. */
function livingThreadsNs(earlier: ProcessSample, later: ProcessSample): number {
  const before = earlier.processes[0]?.threads ?? {};
  const after = Object.entries(later.processes[0]?.threads ?? {});
  return after.reduce((total, [id, { cpuNs }]) => total + cpuNs - (before[id]?.cpuNs ?? 0), 0);
}

const linux = Deno.build.os === "linux";

Deno.test(needing("Unix", {
  name: "createProcessProbe() agrees with what a process says of itself",
  async fn() {
    await using child = startChild(`
      const before = usedMs();
      burn(200);
      return [before, usedMs()].join();
    `);
    const ask = async (): Promise<number[]> =>
      (await child.ask()).split(",").map((ms) => Number(ms) * MS);
    const probe = createProcessProbe(child.pid);
    // Each sample is taken between two times at which the process itself says what it has used.
    const [, first] = await ask();
    const earlier = probe.sample();
    const [second, third] = await ask();
    const later = probe.sample();
    const [fourth] = await ask();
    assertBetween(earlier.cpuNs, first! - EXACT_NS, second! + EXACT_NS);
    assertBetween(later.cpuNs, third! - EXACT_NS, fourth! + EXACT_NS);
    const between = cpuBetween(earlier, later);
    assertBetween(between, third! - second! - 2 * EXACT_NS, fourth! - first! + 2 * EXACT_NS);
    assertBetween(later.residentBytes, 2 ** 20, 2 ** 32);
    if (linux) assertBetween(later.peakBytes, Number(later.residentBytes), 2 ** 32);
  },
}));

Deno.test(needing("Linux", {
  name: "createProcessProbe() counts a grandchild while it runs and after it has ended",
  async fn() {
    await using child = startChild(`
      if (globalThis.grandchild === undefined) {
        globalThis.grandchild = new Deno.Command(Deno.execPath(), {
          args: ["eval", ${JSON.stringify(PRELUDE)} +
            "burn(200); console.log('burnt'); for await (const _ of Deno.stdin.readable);"],
          stdin: "piped",
          stdout: "piped",
        }).spawn();
        return new TextDecoder().decode((await grandchild.stdout.values().next()).value).trim();
      }
      await grandchild.stdin.close();
      return (await grandchild.status).code;
    `);
    const probe = createProcessProbe(child.pid);
    const listless = {
      ...thisSystem,
      read: (path: string): string | null =>
        path.endsWith("/children") ? null : thisSystem.read(path),
    };
    const before = probe.sample();
    assert.equal(before.processes.length, 1);
    assert.equal((await child.ask()).trim(), "burnt");
    const during = probe.sample();
    assert.equal(during.processes.length, 2);
    assert.deepEqual(
      createProcessProbe(child.pid, listless).sample().processes.map(({ id }) => id),
      during.processes.map(({ id }) => id),
    );
    assertBetween(cpuBetween(before, during), 150 * MS, Infinity);
    assert.equal((await child.ask()).trim(), "0");
    const after = probe.sample();
    assert.equal(after.processes.length, 1);
    assertBetween(cpuBetween(before, after), 150 * MS, Infinity);
    assertBetween(cpuBetween(during, after), 0, Number(cpuBetween(before, after)) - 100 * MS);
    assertBetween(after.residentBytes, 0, Number(during.residentBytes));
  },
}));

Deno.test(needing("Unix", {
  name: "createProcessProbe() counts a thread that ended between the samples",
  async fn() {
    await using child = startChild(`
      const since = process.cpuUsage();
      // By CPU time: on a busy machine 250 ms go by with little of it.
      const code = "import process from 'node:process'; const since = process.cpuUsage();" +
        "for (let used = 0; used < 250_000;) { const { user, system } = process.cpuUsage(since); used = user + system; }" +
        "postMessage(0);";
      const worker = new Worker("data:application/javascript," + code, { type: "module" });
      await new Promise((resolve) => worker.onmessage = resolve);
      const used = usedMs(since);
      worker.terminate();
      return used;
    `);
    const probe = createProcessProbe(child.pid);
    const earlier = probe.sample();
    const usedNs = Number(await child.ask()) * MS;
    let later = probe.sample();
    // The thread ends some time after the process has asked it to.
    await until("the end of the thread", () => {
      later = probe.sample();
      return livingThreadsNs(earlier, later) <= usedNs / 2;
    });
    assertBetween(cpuBetween(earlier, later), 0.5 * usedNs, Infinity);
  },
}));

/** Starts a shell that is busy on one CPU until it is killed, or for a minute if nobody does. */
function startBusy(cpu: number): AsyncDisposable & { pid: number } {
  const loop = "while :; do :; done";
  const stop = new AbortController();
  const child = new Deno.Command("taskset", {
    args: ["-c", String(cpu), "sh", "-c", `ulimit -t 60; ${loop}`],
    signal: stop.signal,
  }).spawn();
  return {
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await child.status;
    },
  };
}

Deno.test(needing(["Linux", "taskset"], {
  name: "outsideWaitBetween() counts the time that another process has the CPU",
  async fn() {
    const allowed = /^Cpus_allowed_list:\s*(.*)$/m.exec(thisSystem.read("/proc/self/status") ?? "");
    const [cpu = 0] = parseCpuList(allowed?.[1] ?? "");
    await using waiting = startBusy(cpu);
    await using other = startBusy(cpu);
    const probes = {
      waiting: createProcessProbe(waiting.pid),
      other: createProcessProbe(other.pid),
    };
    const earlier = { waiting: probes.waiting.sample(), other: probes.other.sample() };
    let usedNs: unknown = 0;
    await until("100 ms of the other", () => {
      usedNs = cpuBetween(earlier.other, probes.other.sample());
      return Number(usedNs) >= 100 * MS;
    });
    // Both always have something to do, so whenever the one runs the other waits.
    const later = probes.waiting.sample();
    assertBetween(outsideWaitBetween(earlier.waiting, later), Number(usedNs) / 2, Infinity);
  },
}));

Deno.test(needing("Unix", {
  name: "createProcessProbe() says that a process has ended",
  async fn() {
    await using child = startChild("return 1;");
    const probe = createProcessProbe(child.pid);
    const earlier = probe.sample();
    assert.ok(isMeasured(earlier.cpuNs));
    await child.end();
    const later = probe.sample();
    assert.deepEqual([later.cpuNs, later.residentBytes, later.peakBytes], [ENDED, ENDED, ENDED]);
    assert.deepEqual(cpuBetween(earlier, later), ENDED);
  },
}));

Deno.test(needing(["Unix", "ps"], {
  name: "createProcessProbe() reads this machine by ps too",
  fn() {
    const sample = createProcessProbe(Deno.pid, { ...thisSystem, platform: "freebsd" }).sample();
    assert.ok(isMeasured(sample.cpuNs));
    assertBetween(sample.residentBytes, 2 ** 20, 2 ** 34);
    assert.deepEqual(sample.peakBytes, { absent: "the operating system does not report it" });
  },
}));
