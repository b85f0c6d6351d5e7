/** Programs that are watched from inside, in tests. */

import assert from "node:assert/strict";
import { until } from "../../../checks/testing/until.ts";
import { startChild } from "../../process/child.ts";
import { openHub } from "./hub.ts";
import type { Report } from "./report.ts";
import type { Runtime } from "./runtime.ts";

/**
 * Opens a window, has a program do its work, and closes the window.
 *
 * @param runtime makes it tell
 * @param command starts the program; it prints `up`, begins its work soon after a line on stdin, and prints `done` behind it
 */
export async function watchProgram(
  runtime: Runtime,
  command: readonly string[],
): Promise<Report> {
  // Bun takes no preload with a space in its path.
  const prefix = command[0] === "bun" ? "wsmark-" : "wsmark ";
  const folder = await Deno.makeTempDir({ prefix });
  const hub = openHub();
  const child = startChild(command, [], runtime.prepare(folder, hub.place));
  const isThere = (): boolean => hub.pids().includes(child.pid);
  try {
    await Promise.race([
      until("the program", isThere),
      child.ended.then(({ code }) => assert.fail(`exit code ${code}: ${child.lastWords()}`)),
    ]);
    await linesUntil("up", child.lines);
    // A program that says so is told the rest when its event loop runs.
    hub.tell("ready");
    hub.tell("start");
    await child.tell("work");
    await linesUntil("done", child.lines);
    hub.tell("end");
    const answers = await hub.answers();
    const report = answers.find(({ pid }) => pid === child.pid)?.report;
    assert(report !== undefined, `it answered nothing: ${child.lastWords()}`);
    return report;
  } finally {
    await child.stop(0);
    hub.close();
    await Deno.remove(folder, { recursive: true });
  }
}

async function linesUntil(last: string, lines: AsyncGenerator<string>): Promise<void> {
  for (;;) {
    const { value, done } = await lines.next();
    assert(done !== true, `it ended without ${last}`);
    if (value === last) return;
  }
}
