/**
 * Starts the generator as a process, gives it its task, and reads its report.
 *
 * @module
 */

import { describeEnd, startChild } from "./child.ts";
import type {
  GeneratorConnected,
  GeneratorFailure,
  GeneratorReport,
  GeneratorTask,
} from "./generator.ts";
import { quoted } from "./server_process.ts";

/** A generator that waits for its task. */
export interface GeneratorProcess {
  /** Its process id. */
  readonly pid: number;
  /**
   * Gives it its task.
   *
   * @returns when its connections are open, or why they are not; never rejects
   */
  connect(task: GeneratorTask): Promise<GeneratorConnected | GeneratorFailure>;
  /**
   * Starts its traffic.
   *
   * @returns what it measured, or why it could not; never rejects
   */
  run(): Promise<GeneratorReport | GeneratorFailure>;
  /** Stops it. */
  stop(): Promise<void>;
}

/**
 * Starts a generator, which loads its client while the server starts.
 *
 * @param client id of the client
 * @param cpus the CPUs that it may run on; empty for all
 */
export function startGenerator(client: string, cpus: readonly number[]): GeneratorProcess {
  const child = startChild([
    Deno.execPath(),
    "run",
    "--allow-all",
    "--quiet",
    new URL("./generator.ts", import.meta.url).href,
    client,
  ], cpus);

  async function ask<T>(line: string): Promise<T | GeneratorFailure> {
    try {
      await child.tell(line);
      const { value } = await child.lines.next();
      if (value !== undefined) return JSON.parse(value);
    } catch {
      // How it ended says more than the broken pipe.
    }
    const end = describeEnd(await child.ended);
    return { state: "failed", reason: `The generator ended: ${end}${quoted(child.lastWords())}` };
  }

  return {
    pid: child.pid,
    connect: (task) => ask<GeneratorConnected>(JSON.stringify(task)),
    run: () => ask<GeneratorReport>("go"),
    stop: () => child.stop(),
  };
}
