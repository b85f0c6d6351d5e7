/** A run of the conformance suite on the command line: how far it is, and Ctrl-C. */

import type { TargetFollower } from "../bench/conformance/clients/run.ts";
import type { Arguments } from "./arguments.ts";
import { conformanceProgress } from "./output/conformance_progress.ts";
import { printOver } from "./output/terminal.ts";
import { onStopOrExit } from "./stop.ts";

/**
 * Follows a run of the suite; Ctrl-C ends it after the running cases.
 *
 * @param run runs it until the signal is aborted
 */
export async function followConformance<T>(
  args: Arguments,
  run: (finish: AbortSignal, follower: TargetFollower) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  using _ = onStopOrExit(() => {
    printOver("stopping after the running cases; Ctrl-C again leaves at once");
    controller.abort();
  });
  if (args.has("no-progress")) return await run(controller.signal, {});
  const progress = conformanceProgress();
  try {
    return await run(controller.signal, progress);
  } finally {
    progress.stop();
  }
}
