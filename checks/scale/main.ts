/**
 * How a coordinator fares with many agents: what it takes to list and to take them, to reach the barrier, and to merge
 * what they report; its memory, and whose CPU it is that limits it.
 *
 * `deno task scale --agents 1000`
 *
 * The agents are fakes, 250 in a process with two connections: each says what an agent says, and none makes any load.
 */

import { whole } from "../../bench/usage.ts";
import type { Arguments, Option } from "../../cli/arguments.ts";
import { EXIT } from "../../cli/command.ts";
import { print } from "../../cli/output/terminal.ts";
import { isMeasured } from "../../measure/model/result.ts";
import { runAsProgram } from "../command.ts";
import { measureScale, type Scale } from "./measure.ts";

const MANY = 1000;

const OPTIONS: readonly Option[] = [
  { name: "agents", value: "N", help: `How many there are (${MANY})` },
];

/** The figures as lines. */
export function linesOf({ agents, steps, reportBytes, buckets, memory, merged }: Scale): string[] {
  const [before, most] = memory.map((bytes) =>
    isMeasured(bytes) ? `${Math.round(bytes / 2 ** 20)} MiB` : `unknown, as ${bytes.absent}`
  );
  const row = (name: string, cells: readonly string[]): string =>
    name.padEnd(22) + cells.map((cell) => cell.padStart(20)).join("");
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;
  return [
    `${agents} agents at one nats-server; a report has ${reportBytes} bytes, ${buckets} buckets`,
    row("", ["took", "coordinator's CPU", "nats-server's CPU"]),
    ...steps.map(({ name, tookMs, coordinatorMs, natsMs }) =>
      row(name, [tookMs, coordinatorMs, natsMs].map(seconds))
    ),
    `memory of the coordinator: ${before} at first, at most ${most}`,
    `messages in the merged histogram: ${merged[0]} of ${merged[1]}`,
  ];
}

async function main(args: Arguments): Promise<number> {
  const agents = whole("number of agents", args.number("agents") ?? MANY, 1, 10_000);
  const scale = await measureScale(agents);
  for (const line of linesOf(scale)) print(line);
  const [found, expected] = scale.merged;
  return found === expected ? EXIT.done : EXIT.failed;
}

if (import.meta.main) await runAsProgram(OPTIONS, main);
