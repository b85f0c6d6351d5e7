/**
 * `deno task simulate`: how often the verdicts err, and how often they find what there is, on models of machines. The
 * table is that of docs/method.md.
 */

import { print } from "../../cli/output/terminal.ts";
import { EXIT } from "../../cli/command.ts";
import { UsageError } from "../../bench/usage.ts";
import { seededRandom } from "../../measure/record/random.ts";
import { runAsProgram } from "../command.ts";
import { MACHINES } from "./machine.ts";
import { DIFFERENCES, type Rates, ratesOf } from "./rates.ts";

const RUNS = 100;
const MOST_RUNS = 100_000;

/** A row of the table, in Markdown. */
export function formatRow(
  machine: string,
  servers: number,
  rounds: number,
  order: string,
  { familyError, falseDiscoveries, coverage, power }: Rates,
): string {
  const percent = (share: number, digits: number): string => (100 * share).toFixed(digits);
  return `| ${
    [
      machine,
      servers,
      rounds,
      order,
      percent(familyError, 1),
      percent(falseDiscoveries, 1),
      percent(coverage, 1),
      power.map((share) => percent(share, 0)).join(" / "),
    ].join(" | ")
  } |`;
}

const HEAD = [
  `| machine | servers | rounds | order | any false claim, % | false claims, % | coverage, % | found at ${
    DIFFERENCES.map((size) => `${size * 100}`).join(" / ")
  } %, % |`,
  "| --- | --: | --: | --- | --: | --: | --: | --- |",
];

if (import.meta.main) {
  await runAsProgram([
    { name: "runs", value: "N", help: `Runs of each kind with three servers (${RUNS})` },
    { name: "seed", value: "N", help: "Seed of the simulation (1)" },
  ], (args) => {
    const runs = args.number("runs") ?? RUNS;
    if (!(Number.isInteger(runs) && runs >= 10 && runs <= MOST_RUNS)) {
      throw new UsageError(
        `--runs must be a whole number from 10 to ${MOST_RUNS}: received ${runs}`,
      );
    }
    const seed = args.number("seed") ?? 1;
    for (const line of HEAD) print(line);
    for (const machine of MACHINES) {
      for (const servers of [3, 17]) {
        for (const rounds of [7, 10]) {
          for (const order of ["blocks", "shuffled"] as const) {
            // A run of 17 servers has eight times as many comparisons as one of three.
            const count = servers === 3 ? runs : Math.ceil(runs / 8);
            const found = ratesOf(seededRandom(seed), { servers, rounds, order }, machine, count);
            print(formatRow(machine.id, servers, rounds, order, found));
          }
        }
      }
    }
    return Promise.resolve(EXIT.done);
  });
}
