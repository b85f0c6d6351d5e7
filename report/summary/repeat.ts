/** How to repeat a run. */

import type { Settings } from "../../measure/model/result.ts";
import { oneLine } from "./text.ts";

/** The folder of the run, which a second run must not write into. */
const OUT = / ?--out[= ]('[^']*'|"[^"]*"|\S+)/;

/** What to type to repeat a run: with its seed, if none was typed, and without its folder. */
export function repeatLine({ command, seed }: Pick<Settings, "command" | "seed">): string {
  const typed = oneLine(command).replace(OUT, "").trim();
  const seeded = /(^| )--seed\b/.test(typed) ? typed : `${typed} --seed ${seed}`.trim();
  return `deno task bench ${seeded}`;
}
