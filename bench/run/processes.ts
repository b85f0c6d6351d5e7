/** The processes of a trial: its server and its generators, which start at the same time. */

import type { Settings } from "../../measure/model/result.ts";
import { type Generator, startGenerator } from "../generator/process.ts";
import type { Fleet } from "../agents/fleet.ts";
import { isOwnOfAgents, referencesOfAgents } from "../agents/own_reference.ts";
import { shares } from "../generator/share.ts";
import type { PlannedTrial } from "../plan/plan_types.ts";
import { type Equipment, type ServerProcess, startServer } from "../process/server_process.ts";
import { endpointAt } from "../../clients/wire/transport/endpoint.ts";
import type { RestartSignal } from "../../scenarios/traffic/types.ts";
import { type CaseParameters, connectionsOf } from "../../scenarios/parameters.ts";

/** What decides how the processes of a trial are started. */
export interface ProcessSettings extends Pick<Settings, "pinning" | "generators"> {
  /** PEM file of the servers' certificate and private key; for cases over TLS. */
  readonly certificate?: string | undefined;
  /** What a server is started with in addition, for those who watch it. */
  readonly equipment?: Equipment | undefined;
  /** The agents that have the generators; absent if this machine has them. */
  readonly fleet?: Pick<Fleet, "start" | "host"> | undefined;
}

/** A server that is ready, and how long it took, in milliseconds. */
export interface StartedServer {
  readonly server: ServerProcess;
  readonly startMs: number;
}

/** Processes that are starting, or have started. */
export interface TrialProcesses {
  /** One for each of {@linkcode partsOf}. */
  readonly generators: readonly Generator[];
  /** Starts the server, unless that has begun; rejects if it does not get ready. */
  server(): Promise<StartedServer>;
  /** Stops the server with a signal, and starts it again at the same port; rejects if it does not get ready. */
  restart(signal: RestartSignal): Promise<void>;
  /** Stops them all; may be called again. */
  stop(): Promise<void>;
}

/** The CPUs of both sides; empty for all. */
export function cpusOf({ pinning }: Pick<Settings, "pinning">): {
  readonly server: readonly number[];
  readonly generator: readonly number[];
} {
  return "absent" in pinning ? { server: [], generator: [] } : pinning;
}

/** The parts of a trial's traffic, one for each generator. */
export function partsOf(
  { scenario, case: { parameters } }: PlannedTrial,
  { generators }: Pick<Settings, "generators">,
): CaseParameters[] {
  return scenario.isUndivided ? [parameters] : shares(parameters, generators);
}

/**
 * Starts the processes of a trial. A server of the user's own waits until it is asked for, as the processes of the
 * trial before this one may not have ended yet: it may need a port or a file that they still have.
 *
 * @param signal gives up waiting for the server
 */
export function startProcesses(
  plan: PlannedTrial,
  settings: ProcessSettings,
  signal: AbortSignal,
): TrialProcesses {
  const { server: entry } = plan;
  const { fleet } = settings;
  const isOfAgents = fleet !== undefined && isOwnOfAgents(entry);
  const begin = isOfAgents
    ? () => Promise.resolve(referencesOfAgents())
    : fleet?.host?.start ?? startServer;
  const isOurs = entry.launch.by === "contract";
  const { tls, deflate } = plan.case.parameters;
  // A server that runs already shows its own certificate.
  const certificate = tls && isOurs ? settings.certificate : undefined;
  const cpus = cpusOf(settings);
  let starting: Promise<StartedServer> | undefined;

  async function start(port = 0): Promise<StartedServer> {
    const startMs = performance.now();
    const transport = { tls: certificate, deflate };
    const server = await begin(entry, {
      cpus: cpus.server,
      port,
      signal,
      transport,
      ...(settings.equipment !== undefined && { equipment: settings.equipment }),
    });
    return { server, startMs: performance.now() - startMs };
  }

  function server(): Promise<StartedServer> {
    starting ??= start();
    // Nobody may have asked for it yet.
    starting.catch(() => {});
    return starting;
  }

  async function restart(signal: RestartSignal): Promise<void> {
    const { server: before } = await server();
    const { port } = endpointAt(before.ready.url);
    starting = before.stop(signal).then(() => start(port));
    const again = endpointAt((await starting).server.ready.url).port;
    if (again !== port) {
      throw new Error(`it listens at another port now, ${again} instead of ${port}`);
    }
  }

  async function stop(): Promise<void> {
    const started = await starting?.catch(() => undefined);
    await Promise.all([
      started?.server.stop(),
      ...generators.map((generator) => generator.stop()),
    ]);
  }

  if (isOurs) server();
  const options = {
    cpus: cpus.generator,
    isPaced: isPaced(plan),
    trusted: certificate,
    hasReference: isOfAgents,
  };
  const generators = partsOf(plan, settings).map((part, index): Generator => {
    const more = { ...options, connections: connectionsOf(part) };
    return fleet === undefined
      ? startGenerator(plan.client, more)
      : fleet.start(index, titleOf(plan), plan.client, more);
  });
  let stopping: Promise<void> | undefined;
  return { generators, server, restart, stop: () => stopping ??= stop() };
}

/** What a trial is, for those who make its load. */
function titleOf({ trial, server, scenario, case: { id } }: PlannedTrial): string {
  return `trial ${trial}: ${server.id}, ${scenario.id}, ${id || "its only case"}`;
}

/** Whether the generator has to be in time: by a schedule, or to find the rate of one. */
function isPaced(
  { scenario, case: { parameters: { rate, load, arrivals } } }: PlannedTrial,
): boolean {
  return scenario.timeline === "responses" || arrivals !== undefined || rate !== undefined ||
    load !== undefined;
}
