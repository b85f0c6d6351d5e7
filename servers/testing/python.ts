/** Runs what the Python servers share, without any of their libraries. */

import { findPrograms } from "../launch/programs.ts";
import { type Ended, runProcess, testServer } from "./process.ts";
import type { ServerEntry } from "../types.ts";

const launch = findPrograms().python("tornado", ["ssl"]);
const python: ServerEntry = { id: "python", title: "Python", protocol: "websocket", launch };

/**
 * Registers a test that needs a Python.
 *
 * @param name of the test
 * @param run tests
 */
export function testPython(name: string, run: () => Promise<void>): void {
  testServer(python, name, run);
}

/**
 * Runs a program to its end.
 *
 * @param program in Python; it can import the modules of servers/python
 * @param args its arguments
 */
export async function runPython(program: string, ...args: string[]): Promise<Ended> {
  const folder = `${import.meta.dirname}/../python`;
  const start = `import sys; sys.path.insert(0, ${JSON.stringify(folder)})\n${program}`;
  const command = (): readonly string[] => {
    const found = launch.command();
    return "missing" in found ? [] : [found[0]!, "-c", start];
  };
  return await runProcess({ ...python, launch: { by: "contract", command } }, ...args);
}
