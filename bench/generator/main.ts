/**
 * The generator: a separate process that drives one trial's traffic.
 *
 * Its arguments are its client, so that it can load it while the server starts, and the certificate that a browser is
 * to trust. Its task is one JSON line on stdin. It prints a line when its connections are open. Then it says at a line
 * `clock` on stdin what its clock shows, and at a line `go` it starts the traffic, or at `go TIME` when its clock shows
 * that time; and it prints its report as one JSON line. Before that come lines with its pulse, if it was asked for them.
 * A line `heard N` says how many messages another generator has sent to each of its connections. In a search the task of
 * the next window may follow. If its stdin closes, it ends: the runner is gone.
 */

import type { Throttling } from "../../measure/warnings/warnings.ts";
import { clients, libraries } from "../../clients/mod.ts";
import { createProcessProbe, type ProcessSample } from "../machine/usage/process.ts";
import { createStealProbe, stealBetween, type StealSample } from "../machine/usage/steal.ts";
import {
  createThrottleProbe,
  type ThrottleSample,
  throttlingBetween,
} from "../machine/usage/throttle.ts";
import { ClientExchange } from "./exchange/client_exchange.ts";
import { drive, type Moment } from "./drive.ts";
import type { Exchange } from "./exchange/exchange.ts";
import { fileLimit, withFileLimit } from "../process/file_limit.ts";
import { exchangeOptions, findScenario, reportOf } from "./exchange/task.ts";
import { guardMemory } from "./memory_guard.ts";
import { readLines } from "../process/lines.ts";
import type {
  Carry,
  GeneratorClock,
  GeneratorConnected,
  GeneratorDrained,
  GeneratorFailure,
  GeneratorMoment,
  GeneratorReport,
  GeneratorRestart,
  GeneratorSaid,
  GeneratorTask,
} from "./messages.ts";
import { type Pulse, type Pulses, pulsesOf } from "./pulse.ts";
import { endpointAt } from "../../clients/wire/transport/endpoint.ts";
import { loadProtocol } from "../../protocols/mod.ts";
import type { RestartSignal } from "../../scenarios/traffic/types.ts";
import { addressOf, isOfThisMachine } from "../process/reachability.ts";
import { type ReadTcpInfo, tcpBetween } from "./tcp_totals.ts";
import type { TcpInfo } from "../../clients/wire/transport/tcp_info.ts";
import { clockMs } from "./together/clock.ts";
import { catchUncaught } from "../process/uncaught.ts";

/** Id of the client whose frames are driven without the clients' interface. */
const WIRE = "wire";

async function makeExchange(
  clientId: string,
  task: GeneratorTask,
  pulses: Pulses | undefined,
): Promise<{ exchange: Exchange; cpuMs: () => number; tcpInfo?: ReadTcpInfo | undefined }> {
  const options = {
    ...exchangeOptions(task),
    closed: pulses?.closed,
    restart: (signal: RestartSignal) => tell({ state: "restart", signal }),
  };
  if (clientId !== WIRE) {
    const client = await libraries.find(({ id }) => id === clientId)!.load();
    return { exchange: new ClientExchange(client, options), cpuMs: cpuClock() };
  }
  const { WireExchange } = await import("./wire/exchange.ts");
  await loadProtocol(task.protocol);
  const { tls } = task.connect ?? {};
  const where = task.address === undefined
    ? await addressOf(task.url, tls)
    : { ...endpointAt(task.url, tls), hostname: task.address };
  const endpoint = { ...where, sources: task.sources };
  const exchange = new WireExchange(task.engine, task.protocol, options, endpoint);
  exchange.watch(STDIN, () => Deno.exit(0));
  return { exchange, cpuMs: exchange.cpuMs ?? cpuClock(), tcpInfo: exchange.tcpInfo };
}

const STDIN = 0;

const UNKNOWN_SOCKETS = {
  absent: "only the client wire with epoll or io_uring has sockets to ask",
};

/** Carries the traffic in this process. */
function carryBy(clientId: string): Carry {
  return async (task, { at, connected, heard }) => {
    const pulses = task.hasPulse ? pulsesOf(tell) : undefined;
    const made = await makeExchange(clientId, task, pulses);
    using exchange = made.exchange;
    const { warmupMs, durationMs } = task;
    // Own frames have a limit; what a library takes in before it passes it on has none.
    using _ = clientId === WIRE ? undefined : guardMemory(exchange.traffic.slots, tooMuch);
    const slots = Array.from({ length: exchange.traffic.slots }, (_, slot) => slot);
    const looks: (TcpInfo | undefined)[][] = [];
    const look = (): void => {
      if (task.isWatched && made.tcpInfo !== undefined) looks.push(slots.map(made.tcpInfo));
    };
    const outcome = await drive(exchange, {
      connected,
      heard,
      said: (messages) => tell({ state: "said", messages }),
      warmupMs,
      durationMs,
      cpuMs: made.cpuMs,
      drained() {
        // After the window of a search comes another one.
        if (findScenario(task).search === undefined) tell({ state: "drained" });
      },
      at(moment) {
        // Next to the window, as the traffic goes on meanwhile.
        if (moment === "window ends") look();
        at(moment);
        if (moment !== "window starts") return;
        look();
        pulses?.beginWindow();
      },
    });
    const [before, after] = looks;
    const tcp = before && after ? tcpBetween(before, after) : UNKNOWN_SOCKETS;
    return { ...reportOf(outcome), ...(task.isWatched && { tcp }) };
  };
}

/** Gives the CPU time of this process so far, in milliseconds. Loads Node's `process`: that takes half a start of Deno. */
function cpuClock(): () => number {
  const { process } = globalThis;
  return () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
}

function tooMuch(bytes: number): never {
  const mib = Math.round(bytes / 2 ** 20);
  tell({
    state: "failed",
    reason: `What the server sends takes ${mib} MiB of the client's memory`,
  });
  Deno.exit(0);
}

/** Starts a browser, and carries the traffic there. */
async function carryInBrowser(trusted: string | undefined): Promise<Carry> {
  // In a variable: Deno would load a literal, with what drives browsers, in each generator.
  const file = "./browser/browser.ts";
  const { openBrowser }: typeof import("./browser/browser.ts") = await import(file);
  const opening = openBrowser(trusted);
  opening.catch(() => {});
  return async (task, options) => {
    await using browser = await opening;
    return await browser.drive(task, options);
  };
}

/** Drives one window. */
async function run(
  carry: Carry,
  task: GeneratorTask,
  connected: () => Promise<number>,
  heard: Promise<number>,
): Promise<GeneratorReport> {
  const pid = task.serverPid;
  const server = pid === null ? null : createProcessProbe(pid);
  const serverQuota = pid === null ? null : createThrottleProbe(pid);
  const self = createProcessProbe(Deno.pid);
  const ownQuota = createThrottleProbe("self");
  const steal = createStealProbe();
  // The first sample takes longer, so it must not be the one next to the window.
  steal.sample();
  // Each at the start and at the end of the window.
  const stolen: StealSample[] = [];
  const throttled: Record<"server" | "client", ThrottleSample[]> = { server: [], client: [] };
  const throttlingOf = ([start, end]: ThrottleSample[]): Throttling | null =>
    start === undefined || end === undefined ? null : throttlingBetween(start, end);
  const samples = { server: {}, generator: {} } as Record<
    "server" | "generator",
    Record<Moment, ProcessSample>
  >;

  let startedAtMs = 0;
  const traffic = await carry(task, {
    heard,
    async connected() {
      const lateMs = await connected();
      startedAtMs = clockMs();
      return lateMs;
    },
    at(moment) {
      if (moment === "window starts" || moment === "window ends") {
        if (task.isWatched) tell({ state: "moment", moment });
        stolen.push(steal.sample());
        if (serverQuota !== null) throttled.server.push(serverQuota.sample());
        throttled.client.push(ownQuota.sample());
      }
      // The generator's own sample is next to the window: what sampling costs it is not inside.
      if (moment === "window ends") samples.generator[moment] = self.sample();
      if (server !== null) samples.server[moment] = server.sample();
      if (moment !== "window ends") samples.generator[moment] = self.sample();
    },
  });

  return {
    ...traffic,
    state: "completed",
    startedAtMs,
    server: server && samples.server,
    generator: samples.generator,
    stolen: stealBetween(stolen[0]!, stolen[1]!, task.cpus),
    throttled: {
      server: throttlingOf(throttled.server),
      client: throttlingOf(throttled.client),
    },
    others: [],
  };
}

/** Whether the clock of a server that sends by itself is that of this machine, is known only here. */
async function withClock(task: GeneratorTask): Promise<GeneratorTask> {
  if (task.streams === undefined) return task;
  const { hostname } = await addressOf(task.url, task.connect?.tls);
  return { ...task, streams: { ...task.streams, isHere: isOfThisMachine(hostname) } };
}

function tell(
  message:
    | GeneratorClock
    | GeneratorConnected
    | GeneratorDrained
    | GeneratorMoment
    | GeneratorRestart
    | GeneratorSaid
    | Pulse
    | GeneratorReport
    | GeneratorFailure,
): void {
  const bytes = new TextEncoder().encode(JSON.stringify(message) + "\n");
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

/** How much earlier than its time the traffic is waited for without a timer, which may be late, in milliseconds. */
const AWAKE_MS = 3;

/**
 * Says what the clock shows as often as it is asked, and waits until the traffic is to start.
 *
 * @returns by how much it starts too late, in milliseconds
 */
async function waitForGo(orders: AsyncGenerator<string, undefined>): Promise<number> {
  for (;;) {
    const { value } = await orders.next();
    if (value === undefined) Deno.exit(0);
    if (value === "clock") {
      tell({ state: "clock", atMs: clockMs() });
      continue;
    }
    const startMs = Number(value.replace(/^go ?/, "")) || clockMs();
    const restMs = startMs - clockMs() - AWAKE_MS;
    if (restMs > 0) await new Promise((go) => setTimeout(go, restMs));
    while (clockMs() < startMs);
    return clockMs() - startMs;
  }
}

/** Waits for the line that is the next task, and passes on what is said before it. */
async function nextTask(
  lines: AsyncGenerator<string, undefined>,
  hear: (messages: number) => void,
): Promise<IteratorYieldResult<string>> {
  for (;;) {
    const line = await lines.next();
    if (line.done) Deno.exit(0);
    if (!line.value.startsWith(HEARD)) return line;
    hear(Number(line.value.slice(HEARD.length)));
  }
}

const HEARD = "heard ";

if (import.meta.main) {
  const [clientId = "", trusted] = Deno.args;
  const limit = fileLimit();
  const fail = (reason: string): never => {
    tell({ state: "failed", reason: withFileLimit(reason, limit) });
    Deno.exit(0);
  };
  // If a server's packets break a library, the error is thrown in its own callbacks.
  using _ = catchUncaught((reason) => fail(`The client failed: ${reason}`));
  const lines = readLines(Deno.stdin.readable);
  // Loaded while the server still starts; a failure shows when it is used.
  if (clientId === WIRE) {
    import("./wire/exchange.ts").then(({ prepare }) => prepare()).catch(() => {});
  } else libraries.find(({ id }) => id === clientId)?.load().catch(() => {});
  const isInBrowser = clients.some(({ id, inBrowser }) => id === clientId && inBrowser);
  const carry = isInBrowser ? await carryInBrowser(trusted) : carryBy(clientId);
  try {
    const first = await lines.next();
    if (first.done) Deno.exit(0);
    for (let line = first;;) {
      const task = await withClock(JSON.parse(line.value));
      const { promise: heard, resolve: hear } = Promise.withResolvers<number>();
      let following = Promise.resolve(line);
      const report = await run(carry, task, async () => {
        tell({ state: "connected" });
        const lateMs = await waitForGo(lines);
        following = nextTask(lines, hear);
        return lateMs;
      }, heard);
      tell(report);
      if (findScenario(task).search === undefined) break;
      line = await following;
    }
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
  Deno.exit(0);
}
