/**
 * Tries every fault in every phase of a trial, and prints what became of it.
 *
 * `deno task faults --engine uring --only garbage --at-once 3 --markdown FILE`; Linux only, because it looks for processes in /proc.
 * The exit code is 1 if a cell is wrong.
 */

import type { Arguments, Option } from "../../cli/arguments.ts";
import { EXIT } from "../../cli/command.ts";
import { print } from "../../cli/output/terminal.ts";
import { chooseEngine } from "../../bench/plan/client/engine.ts";
import { UsageError, whole } from "../../bench/usage.ts";
import { runAsProgram } from "../command.ts";
import { runAgents } from "./agent_runs.ts";
import { type Cell, cellsOf, rows, type Seen } from "./cells.ts";
import { runOutside } from "./outside_runs.ts";
import { groupsOf, runServers, waits } from "./server_runs.ts";
import { lineOf, markdownOf } from "./table.ts";

/** Runs at once that only wait for a deadline, in addition to the others. */
const WAITING_AT_ONCE = 4;

interface Work {
  readonly waits: boolean;
  run(): Promise<Seen[]>;
}

function workOf(cells: readonly Cell[]): Work[] {
  const own = cells.filter(({ fault }) => fault.by === "server");
  const others = cells.filter(({ fault }) => fault.by !== "server");
  return [
    ...groupsOf(own).map((group) => ({
      waits: group.some(waits),
      run: () => runServers(group),
    })),
    ...others.map((cell) => {
      const isByAgents = cell.fault.by === "agents";
      const run = isByAgents ? runAgents : runOutside;
      // Those have three agents each.
      return { waits: waits(cell) && !isByAgents, run: async () => [await run(cell)] };
    }),
  ];
}

/** Runs all work, at most `atOnce` at a time. */
async function runAll(
  work: readonly Work[],
  atOnce: number,
  tell: (seen: Seen) => void,
): Promise<void> {
  const left = [...work];
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      (await one.run()).forEach(tell);
    }
  }));
}

/** Whether a cell is asked for, by its name or its beginning, as the id of its fault. */
function isAsked(name: string, only: readonly string[]): boolean {
  return only.length === 0 || only.some((one) => name === one || name.startsWith(`${one}.`));
}

const OPTIONS: readonly Option[] = [
  { name: "engine", value: "NAME", help: "Engine of the wire client: epoll, uring or tcp (epoll)" },
  { name: "only", value: "CELL", repeatable: true, help: "Cells, or faults, to try" },
  { name: "at-once", value: "N", help: "Runs at once (2)" },
  { name: "markdown", value: "FILE", help: "File to write the table to" },
];

async function main(args: Arguments): Promise<number> {
  const only = args.all("only");
  const atOnce = whole("number of runs at once", args.number("at-once") ?? 2, 1, 1000);
  const engine = chooseEngine(args.text("engine") ?? "epoll").id;
  const { cells, none } = cellsOf(rows, engine);
  const asked = cells.filter(({ name }) => isAsked(name, only));
  if (asked.length === 0) {
    const known = rows.map(({ id }) => id).join(", ");
    throw new UsageError(`No cell is called "${only}": name one of ${known}`);
  }
  const startedMs = performance.now();
  const all: Seen[] = [];
  const tell = (seen: Seen): void => {
    all.push(seen);
    print(lineOf(seen));
  };
  const work = workOf(asked);
  await Promise.all([
    runAll(work.filter(({ waits }) => !waits), atOnce, tell),
    runAll(work.filter(({ waits }) => waits), WAITING_AT_ONCE, tell),
  ]);
  const order = new Map(asked.map(({ name }, index) => [name, index]));
  all.sort((a, b) => order.get(a.cell.name)! - order.get(b.cell.name)!);
  const failed = all.filter(({ wrong }) => wrong.length > 0);
  const untried = all.filter(({ skipped }) => skipped !== undefined);
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  print(
    `${all.length} cells in ${seconds} s: ${failed.length} failed, ${untried.length} not tried; ` +
      `${none.length} cannot occur`,
  );
  const markdown = args.text("markdown");
  if (markdown !== undefined) {
    await Deno.writeTextFile(markdown, markdownOf(rows, all, none, engine));
  }
  return failed.length === 0 ? EXIT.done : EXIT.failed;
}

if (import.meta.main) await runAsProgram(OPTIONS, main);
