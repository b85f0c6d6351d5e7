/** The worker of `drawAhead()`: draws what is wanted of each plot of a list, and sends it in the same order. */

import { parentPort, workerData } from "node:worker_threads";
import { drawAll, type Wanted } from "./drawn.ts";

for (const wanted of workerData as readonly Wanted[]) {
  // What fails here fails again, with its reason, where it is asked for.
  parentPort!.postMessage(await drawAll(wanted).catch(() => ({})));
}
