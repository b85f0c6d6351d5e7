/** `agents`: lists the agents at a NATS. */

import { openBus } from "../../bench/agents/bus.ts";
import { findAgents, type FoundAgent } from "../../bench/agents/list.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import { type Action, EXIT } from "../command.ts";
import { print, printError } from "../output/terminal.ts";
import { readBroker, readNatsUrl } from "../request/read_broker.ts";

export const action: Action = async (args) => {
  await using bus = await openBus(readBroker(args, readNatsUrl(args)));
  const found = await findAgents(bus);
  if (found.length === 0) {
    printError(`There is no agent at ${bus.name}: start one with deno task agent --nats …`);
    return EXIT.failed;
  }
  for (const line of linesOf(found)) print(line);
  return EXIT.done;
};

const HEADINGS = [
  "Agent",
  "Machine",
  "CPUs",
  "Load",
  "Files",
  "wsmark",
  "Round trip",
  "Clock",
  "State",
  "Labels",
];

/** The agents as lines of a table; agents with the same letters in the second column are on one machine. */
export function linesOf(agents: readonly FoundAgent[]): string[] {
  const rows = agents.map(({ description, clock }) => [
    description.id,
    `${description.host.slice(0, 4)} ${description.platform}`,
    String(description.cpus),
    description.load?.toFixed(2) ?? "–",
    description.descriptors ?? "–",
    description.version,
    `${(2 * clock.errorMs).toFixed(2)} ms`,
    `${signed(clock.offsetMs)} ± ${clock.errorMs.toFixed(2)} ms`,
    description.session === null ? "ready" : "at work",
    Object.entries(description.labels).map(([name, value]) => `${name}=${value}`).join(" "),
  ]);
  const widths = HEADINGS.map((heading, column) =>
    largest(rows.map((row) => row[column]!.length), heading.length)
  );
  return [HEADINGS, ...rows].map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd()
  );
}

function signed(ms: number): string {
  return `${ms < 0 ? "−" : "+"}${Math.abs(ms).toFixed(2)}`;
}
