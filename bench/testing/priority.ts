/** Starts a child as a run does, and prints the priorities of both as one JSON line. */

import { startChild } from "../process/child.ts";
import { nicenessFor, type Priority, priorityOf } from "../process/priority.ts";

/** Tries, and the time between them: the system may let a niceness wait. */
const TRIES = 100;
const BETWEEN_MS = 100;

const child = startChild(["sh", "-c", "echo started; read line"]);
await child.lines.next();
const own = priorityOf("self")!;
let found: Priority | undefined;
for (let tries = 0; tries < TRIES; tries++) {
  found = priorityOf(child.pid);
  if (found?.groupNice === undefined || found.groupNice === nicenessFor(own)) break;
  await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
}
await child.stop();
const line = JSON.stringify({ own, child: found }) + "\n";
Deno.stdout.writeSync(new TextEncoder().encode(line));
