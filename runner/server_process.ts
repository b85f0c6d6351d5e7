/**
 * Starts a server as a process and reads its ready line.
 *
 * @module
 */

import type { ReadyLine, ServerEntry } from "../servers/types.ts";
import { after } from "./after.ts";
import { type Child, describeEnd, startChild } from "./child.ts";

/** A server that has said that it accepts connections. */
export interface ServerProcess {
  /** What it said. */
  readonly ready: ReadyLine;
  /** Resolves to how it ended, in words. */
  readonly ended: Promise<string>;
  /** Stops it. */
  stop(): Promise<void>;
}

/** How long a server may take until it is ready, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Starts a server and waits for its ready line.
 *
 * @param cpus the CPUs that it may run on; empty for all
 * @throws {Error} when it ends before, says something else for ten seconds, or cannot be started
 */
export async function startServer(
  entry: ServerEntry,
  { cpus = [], patienceMs = PATIENCE_MS, port = 0, hostname = "127.0.0.1" }: {
    cpus?: readonly number[];
    patienceMs?: number;
    port?: number;
    hostname?: string;
  } = {},
): Promise<ServerProcess> {
  const command = [...entry.command, "--hostname", hostname, "--port", String(port)];
  const child = startChild(command, cpus);
  const ended = child.ended.then((status) => describeEnd(status) + quoted(child.lastWords()));
  using late = after(patienceMs);
  try {
    const ready = await Promise.race([
      readyLine(child, entry.id, ended),
      late.over.then(() => {
        throw new Error(`${entry.id} printed no ready line in ${patienceMs / 1000} s`);
      }),
    ]);
    // Whatever else it prints is read, or it would wait for room in the pipe.
    drain(child);
    return { ready, ended, stop: () => child.stop() };
  } catch (error) {
    await child.stop(0);
    throw error;
  }
}

async function readyLine(child: Child, id: string, ended: Promise<string>): Promise<ReadyLine> {
  while (true) {
    const { value, done } = await child.lines.next();
    if (done) throw new Error(`${id} ended before it was ready: ${await ended}`);
    const ready = parseReadyLine(value);
    if (ready !== undefined) return ready;
  }
}

/**
 * Reads a ready line.
 *
 * @returns undefined for a line that is none: a server may print others
 */
export function parseReadyLine(line: string): ReadyLine | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const value = JSON.parse(line);
    const complete = value.ready === true && URL.canParse(value.url) &&
      Number.isSafeInteger(value.pid) &&
      [value.server, value.runtime, value.library].every((text) => typeof text === "string");
    return complete ? value : undefined;
  } catch {
    return undefined;
  }
}

async function drain(child: Child): Promise<void> {
  try {
    while (!(await child.lines.next()).done);
  } catch {
    // The stream ends with the process.
  }
}

/** `: "text"` for an error message, or nothing. */
export function quoted(text: string): string {
  // deno-lint-ignore no-control-regex
  const plain = text.replaceAll(/\x1b\[[0-9;]*m/g, "").trim();
  return plain === "" ? "" : `: "${plain}"`;
}
