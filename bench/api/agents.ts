/** Runs whose load agents make, for programs: see docs/distributed.md. */

import { UsageError } from "../usage.ts";
import type { FindMissing, RunPlan } from "../plan/options.ts";
import type { RunAgents } from "../plan/run_options.ts";
import type { RunEvent } from "../run/run.ts";

/** How NATS is reached, beside its URL and what the environment says. */
export interface NatsOptions {
  /** File of certificates to trust, as PEM. */
  readonly ca?: string;
  /** Whether a server will do that lets in everybody, and that other machines reach. */
  readonly mayBeOpen?: boolean;
  /** Gets a line for each thing that happens to the connection. */
  readonly tell?: (line: string) => void;
}

/** Agents that nobody else gets until this is disposed of. */
export interface AgentsOfRun extends AsyncDisposable {
  /** What the options of the plan are to have: `planRun({ ...options, agents }, findMissing)`. */
  readonly agents: RunAgents;
  /** What is missing where the servers are started; undefined if that is this machine. */
  readonly findMissing: FindMissing | undefined;
  /**
   * Runs a plan as `run()` does, by these agents.
   *
   * @throws {UsageError} for a plan of other agents
   */
  run(plan: RunPlan, signal: AbortSignal): AsyncGenerator<RunEvent>;
}

/**
 * Takes agents for a run, which is planned once they are known.
 *
 * @param agents which ones, and the URL of the NATS that they are at
 * @param signal gives up waiting for them
 * @throws {UsageError} if NATS cannot be reached, or there are too few
 */
export async function takeAgents(
  { nats, ...choice }: RunAgents,
  { tell, ...options }: NatsOptions = {},
  signal?: AbortSignal,
): Promise<AgentsOfRun> {
  const { takeForRun } = await import("../agents/taken.ts");
  const taken = await takeForRun(choice, { url: nats, ...options }, tell, signal);
  const { fleet, agents, findMissing } = taken;
  return {
    agents,
    findMissing,
    async *run(plan, signal) {
      const planned = plan.settings.agents?.ids ?? [];
      if (planned.join() !== agents.ids!.join()) {
        throw new UsageError(
          `The plan is for the agents ${planned.join(", ") || "none"}, and ${
            agents.ids!.join(", ")
          } ` +
            "are taken: give planRun() the agents that takeAgents() gave",
        );
      }
      yield* (await import("../run/run.ts")).run(plan, signal, { fleet });
    },
    [Symbol.asyncDispose]: () => taken[Symbol.asyncDispose](),
  };
}
