/**
 * Plans for tests: servers that do one thing wrong.
 *
 * @module
 */

import type { CaseParameters } from "../../measure/result.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { throughput } from "../../scenarios/throughput.ts";
import type { Scenario } from "../../scenarios/types.ts";
import type { ServerEntry } from "../../servers/types.ts";
import type { PlannedTrial } from "../plan.ts";

/** What `faulty_server.ts` can do wrong. */
export type Fault = "none" | "refuse" | "kill" | "exit" | "drop";

/** The entry of a server that does one thing wrong. */
export function faultyServer(fault: Fault): ServerEntry {
  return {
    id: fault,
    title: fault,
    protocol: "websocket",
    launch: {
      by: "contract",
      command: () => [
        Deno.execPath(),
        "run",
        "--allow-all",
        "--quiet",
        import.meta.resolve("./faulty_server.ts"),
        fault,
      ],
    },
  };
}

/** A trial with a server, by default of one case of the throughput scenario. */
export function plannedTrial(
  server: ServerEntry,
  scenario: Scenario = throughput,
  parameters: CaseParameters = { connections: 2, inFlight: 2, size: 64 },
): PlannedTrial {
  return {
    trial: 1,
    round: 1,
    server,
    client: "websocket",
    scenario,
    case: describeCase(parameters),
    seed: 1,
  };
}
