/** Plans for tests: servers that do one thing wrong. */

import type { CaseParameters } from "../../scenarios/parameters.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { throughput } from "../../scenarios/throughput.ts";
import type { Scenario } from "../../scenarios/types.ts";
import type { ServerEntry } from "../../servers/types.ts";
import type { PlannedTrial } from "../plan/plan_types.ts";

/** What `faulty_server.ts` can do wrong. */
export type Fault = "none" | "refuse" | "kill" | "exit" | "drop";

/** The entry of a server that does one thing wrong. */
export function faultyServer(fault: Fault): ServerEntry {
  return entryOf(import.meta.resolve("./faulty_server.ts"), fault);
}

/** What `peculiar_server.ts` can do. */
export type Manner =
  | "ping"
  | "fragments"
  | "text"
  | "close"
  | "not-utf8"
  | "leave"
  | "late-pongs"
  | "last-pongs"
  | "no-pongs";

/** The entry of a server that does a rare but rightful thing. */
export function peculiarServer(manner: Manner): ServerEntry {
  return entryOf(import.meta.resolve("./peculiar_server.ts"), manner);
}

/** The entry of an echo that says what nobody asked for, and takes at most so many messages of a connection at once. */
export function talkativeServer(most: number): ServerEntry {
  return entryOf(import.meta.resolve("./talkative_server.ts"), `${most}`);
}

/** The entry of an echo that answers calls of JSON-RPC. */
export function answeringServer(): ServerEntry {
  return entryOf(import.meta.resolve("./answering_server.ts"), "answering");
}

/** The entry of an echo that is also a server of MQTT. */
export const minimalBroker: ServerEntry = entryOf(
  import.meta.resolve("./minimal_broker.ts"),
  "minimal broker",
);

function entryOf(program: string, what: string): ServerEntry {
  return {
    id: what,
    title: what,
    protocol: "websocket",
    launch: {
      by: "contract",
      command: () => [Deno.execPath(), "run", "--allow-all", "--quiet", program, what],
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
