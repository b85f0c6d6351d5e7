/**
 * `deno task simulate:knee`: where definitions of a knee find it in simulated load curves, and how steadily. The table is
 * that of docs/method.md.
 */

import { UsageError } from "../../../bench/usage.ts";
import { EXIT } from "../../../cli/command.ts";
import { print } from "../../../cli/output/terminal.ts";
import type { CurvePoint } from "../../../measure/model/result.ts";
import { seededRandom } from "../../../measure/record/random.ts";
import { runAsProgram } from "../../command.ts";
import { DEFINITIONS } from "./definitions.ts";
import { curveOf, type Found, foundIn, MACHINES, QUEUES, trueKnee } from "./knees.ts";

const CURVES = 100;
const MOST_CURVES = 10_000;

/** `.50 .44–.56`, and in how many of a hundred curves if not in all. */
export function formatFound({ median, low, high, share }: Found): string {
  if (share === 0) return "none";
  const short = (value: number): string => value.toFixed(2).replace(/^0/, "");
  const few = share < 1 ? ` (${Math.round(100 * share)} %)` : "";
  return `${short(median)} ${short(low)}–${short(high)}${few}`;
}

if (import.meta.main) {
  await runAsProgram([
    { name: "curves", value: "N", help: `Curves of each queue on each machine (${CURVES})` },
    { name: "seed", value: "N", help: "Seed of the simulation (1)" },
  ], async (args) => {
    const count = args.number("curves") ?? CURVES;
    if (!(Number.isInteger(count) && count >= 5 && count <= MOST_CURVES)) {
      throw new UsageError(
        `--curves must be a whole number from 5 to ${MOST_CURVES}: received ${count}`,
      );
    }
    const seed = args.number("seed") ?? 1;
    const names = Object.keys(DEFINITIONS);
    print(`| queue | machine | true knee | ${names.join(" | ")} |`);
    print(`| --- | --- | --: |${" --- |".repeat(names.length)}`);
    for (const queue of QUEUES) {
      const truth = trueKnee(queue);
      for (const machine of MACHINES) {
        const curves: (readonly CurvePoint[])[] = [];
        for (let curve = 0; curve < count; curve++) {
          curves.push(await curveOf(queue, machine, seededRandom(seed * MOST_CURVES + curve)));
        }
        const found = Object.values(DEFINITIONS).map((find) => formatFound(foundIn(curves, find)));
        print(`| ${[queue.id, machine.id, truth.toFixed(2), ...found].join(" | ")} |`);
      }
    }
    return EXIT.done;
  });
}
