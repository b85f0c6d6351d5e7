/**
 * The generator: a process of its own that drives one trial's traffic.
 *
 * It is told its client as its argument, so that it can load it while the server starts, behind it the certificate
 * that a browser is to trust, and its task as one JSON line on stdin. It prints a line when its connections are open,
 * starts the traffic when it is told so by a second line, and prints its report as one JSON line; lines with its pulse
 * come before that where it was asked for them, and a line after each window of a search. When its stdin closes before
 * its report, it ends: the runner is gone.
 *
 * @module
 */

import process from "node:process";
import { clients, libraries } from "../../clients/mod.ts";
import type { Observed } from "../../measure/warnings/detect.ts";
import type { Capacity, CaseParameters, Figure, Throttling } from "../../measure/model/result.ts";
import { createProcessProbe, type ProcessSample } from "../machine/process.ts";
import { createStealProbe, stealBetween, type StealSample } from "../machine/steal.ts";
import {
  createThrottleProbe,
  type ThrottleSample,
  throttlingBetween,
} from "../machine/throttle.ts";
import type { Scenario } from "../../scenarios/types.ts";
import type { Protocol } from "../../servers/types.ts";
import { ClientExchange } from "./client_exchange.ts";
import { drive, type DriveOptions, type Moment } from "./drive.ts";
import type { Exchange } from "./exchange.ts";
import { fileLimit, withFileLimit } from "../process/file_limit.ts";
import { exchangeOptions, findScenario, reportOf, type TrafficReport } from "./exchange_task.ts";
import { guardMemory } from "./memory_guard.ts";
import { readLines } from "../process/lines.ts";
import { type Pulse, type Pulses, pulsesOf } from "./pulse.ts";
import { addressOf } from "../process/reachability.ts";
import { findCapacity } from "./search.ts";
import { catchUncaught } from "../process/uncaught.ts";
import type { Engine } from "./wire/exchange.ts";

/** What a generator is to do. */
export interface GeneratorTask {
  /** Where the connections go. */
  readonly url: string;
  /** What the server does with a message there. */
  readonly behaviour: Scenario["behaviour"];
  /** Process of the server, or null where it is not on this machine. */
  readonly serverPid: number | null;
  /** What the server speaks. */
  readonly protocol: Protocol;
  /** What carries the bytes of the wire client. */
  readonly engine: Engine;
  /** Id of the scenario. */
  readonly scenario: string;
  /** Parameters of the case. */
  readonly parameters: CaseParameters;
  /** The CPUs that server and generators run on; empty for all. */
  readonly cpus: readonly number[];
  /** Determines what is random in its traffic. */
  readonly seed: number;
  /** Of how many single messages the latencies are kept. */
  readonly samples: number;
  /** Length of the warm-up in milliseconds. */
  readonly warmupMs: number;
  /** Length of the window in milliseconds. */
  readonly durationMs: number;
  /** Whether it tells of its pulse while the traffic runs. */
  readonly hasPulse: boolean;
}

/** Samples of a process at the moments of a trial. */
export type Samples = { readonly [moment in Moment]: ProcessSample };

/** The connections of a generator are open. */
export interface GeneratorConnected {
  /** Tells it from a report and a failure. */
  readonly state: "connected";
}

/** A window of a search is over, and the next one begins. */
export interface GeneratorProbed {
  /** Tells it from a report and a failure. */
  readonly state: "probed";
}

/** What a generator measured. */
export interface GeneratorReport extends TrafficReport {
  /** Tells a report from a failure. */
  readonly state: "completed";
  /** What a search found; null where there was none. */
  readonly capacity: Capacity | null;
  /** Samples of the server, or null where it is not on this machine. */
  readonly server: Samples | null;
  /** Samples of the generator itself. */
  readonly generator: Samples;
  /** Share of the CPUs' time in the window that the hypervisor took. */
  readonly stolen: Figure;
  /** What CPU quotas took from the server and from the generator in the window; null where they took nothing. */
  readonly throttled: Observed["throttled"];
  /** Samples of the other generators of the trial. */
  readonly others: readonly Samples[];
}

/** Why a generator could not do its task. */
export interface GeneratorFailure {
  /** Tells a failure from a report. */
  readonly state: "failed";
  /** What happened, in one line. */
  readonly reason: string;
}

/** Id of the client whose frames are driven without the clients' interface. */
const WIRE = "wire";

async function makeExchange(
  clientId: string,
  task: GeneratorTask,
  pulses: Pulses | undefined,
): Promise<Exchange> {
  const options = { ...exchangeOptions(task), closed: pulses?.closed };
  if (clientId !== WIRE) {
    const client = await libraries.find(({ id }) => id === clientId)!.load();
    return new ClientExchange(client, options);
  }
  const { WireExchange } = await import("./wire/exchange.ts");
  const exchange = new WireExchange(task.engine, task.protocol, options, await addressOf(task.url));
  exchange.watch(STDIN, () => Deno.exit(0));
  return exchange;
}

const STDIN = 0;

/** Carries the traffic of one window. */
type Carry = (
  task: GeneratorTask,
  options: Required<Pick<DriveOptions, "at" | "connected">>,
) => Promise<TrafficReport>;

/** Carries it in this process. */
function carryBy(clientId: string): Carry {
  return async (task, { at, connected }) => {
    const pulses = task.hasPulse ? pulsesOf(tell) : undefined;
    using exchange = await makeExchange(clientId, task, pulses);
    const { warmupMs, durationMs } = task;
    // Own frames have a limit; what a library takes in before it tells of it has none.
    using _ = clientId === WIRE ? undefined : guardMemory(exchange.traffic.slots, tooMuch);
    const outcome = await drive(exchange, {
      connected,
      warmupMs,
      durationMs,
      cpuMs,
      at(moment) {
        at(moment);
        if (moment === "window starts") pulses?.beginWindow();
      },
    });
    return reportOf(outcome);
  };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function tooMuch(bytes: number): never {
  const mib = Math.round(bytes / 2 ** 20);
  tell({
    state: "failed",
    reason: `What the server sends takes ${mib} MiB of the client's memory`,
  });
  Deno.exit(0);
}

/** Starts a browser, and carries it there. */
async function carryInBrowser(trusted: string | undefined): Promise<Carry> {
  const { openBrowser } = await import("./browser.ts");
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
  connected: () => Promise<void>,
): Promise<GeneratorReport> {
  const server = task.serverPid === null ? null : createProcessProbe(task.serverPid);
  const self = createProcessProbe(Deno.pid);
  const steal = createStealProbe();
  const quotas = {
    server: task.serverPid === null ? null : createThrottleProbe(task.serverPid),
    client: createThrottleProbe("self"),
  };
  // The first sample takes longer: it is not to be taken next to the window.
  steal.sample();
  const stolen: { [moment in Moment]?: StealSample } = {};
  const throttled: Record<keyof typeof quotas, { [moment in Moment]?: ThrottleSample }> = {
    server: {},
    client: {},
  };
  const throttlingOf = (who: keyof typeof quotas): Throttling | null => {
    const { "window starts": start, "window ends": end } = throttled[who];
    return start === undefined || end === undefined ? null : throttlingBetween(start, end);
  };
  const samples = { server: {}, generator: {} } as Record<
    "server" | "generator",
    Record<Moment, ProcessSample>
  >;

  const traffic = await carry(task, {
    connected,
    at(moment) {
      if (moment === "window starts" || moment === "window ends") {
        stolen[moment] = steal.sample();
        for (const who of ["server", "client"] as const) {
          const quota = quotas[who]?.sample();
          if (quota !== undefined) throttled[who][moment] = quota;
        }
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
    capacity: null,
    server: server && samples.server,
    generator: samples.generator,
    stolen: stealBetween(stolen["window starts"]!, stolen["window ends"]!, task.cpus),
    throttled: { server: throttlingOf("server"), client: throttlingOf("client") },
    others: [],
  };
}

/** Drives windows of different arrival rates until the highest is found that the server sustains. */
async function search(
  carry: Carry,
  task: GeneratorTask,
  connected: () => Promise<void>,
): Promise<GeneratorReport> {
  let first: (() => Promise<void>) | undefined = connected;
  return await findCapacity(task, async (part) => {
    const report = await run(carry, part, async () => await first?.());
    first = undefined;
    tell({ state: "probed" });
    return report;
  });
}

function tell(
  message: GeneratorConnected | GeneratorProbed | Pulse | GeneratorReport | GeneratorFailure,
): void {
  const bytes = new TextEncoder().encode(JSON.stringify(message) + "\n");
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

if (import.meta.main) {
  const [clientId = "", trusted] = Deno.args;
  const limit = fileLimit();
  const fail = (reason: string): never => {
    tell({ state: "failed", reason: withFileLimit(reason, limit) });
    Deno.exit(0);
  };
  // A library that a server's packets break breaks within its own callbacks.
  using _ = catchUncaught((reason) => fail(`The client failed: ${reason}`));
  const lines = readLines(Deno.stdin.readable);
  // Loaded while the server still starts; a failure shows when it is used.
  if (clientId === WIRE) import("./wire/exchange.ts").catch(() => {});
  else libraries.find(({ id }) => id === clientId)?.load().catch(() => {});
  const isInBrowser = clients.some(({ id, inBrowser }) => id === clientId && inBrowser);
  const carry = isInBrowser ? await carryInBrowser(trusted) : carryBy(clientId);
  const first = await lines.next();
  if (first.done) Deno.exit(0);
  try {
    const task: GeneratorTask = JSON.parse(first.value);
    const work = findScenario(task).isSearch ? search : run;
    tell(
      await work(carry, task, async () => {
        tell({ state: "connected" });
        if ((await lines.next()).done) Deno.exit(0);
        lines.next().then(() => Deno.exit(0));
      }),
    );
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
  Deno.exit(0);
}
