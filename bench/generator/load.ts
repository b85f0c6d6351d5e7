/** The traffic of a trial: its generators from their tasks to their reports. */

import type { GeneratorFailure, GeneratorReport, GeneratorTask } from "./messages.ts";
import type { GeneratorProcess } from "./process.ts";
import { mergePulses, type Pulse } from "./pulse.ts";
import { mergeReports } from "./share.ts";
import type { RestartSignal } from "../../scenarios/traffic/types.ts";
import { type Suspect, unlessStopped, watchStandstill } from "../process/standstill.ts";

/** What is called while the traffic runs. */
export interface Listeners {
  /** Gets the generators' process ids when their traffic starts. */
  readonly started?: ((generators: readonly number[]) => void) | undefined;
  /** Stops the server with a signal and starts it again; rejects if that fails. */
  readonly restart?: ((signal: RestartSignal) => Promise<void>) | undefined;
  /** Called at most once, when the last replies are there: what the generators do then is not measured. */
  readonly drained?: (() => void) | undefined;
  /** Gets the pulse of the traffic, at most five times a second; without it the generators send none. */
  readonly pulse?: ((pulse: Pulse) => void) | undefined;
}

/**
 * Lets the generators connect, starts them together, and merges their reports.
 *
 * @param tasks one for each generator
 * @returns the report, or why there is none; never rejects
 */
export async function generate(
  generators: readonly GeneratorProcess[],
  tasks: readonly GeneratorTask[],
  serverPid: number | undefined,
  { started, restart, drained, pulse }: Listeners,
): Promise<GeneratorReport | GeneratorFailure> {
  const pids = generators.map(({ pid }) => pid);
  const suspects: Suspect[] = pids.map((pid) => ({ who: "The generator", pid }));
  if (serverPid !== undefined) suspects.push({ who: "The server", pid: serverPid });

  using connecting = watchStandstill(suspects, 0);
  const connected = await unlessStopped(
    Promise.all(generators.map((generator, index) => generator.connect(tasks[index]!))),
    connecting,
  );
  if ("state" in connected) return connected;
  const unconnected = connected.find((answer) => answer.state === "failed");
  if (unconnected !== undefined) return unconnected;
  connecting[Symbol.dispose]();

  started?.(pids);
  const last: (Pulse | undefined)[] = [];
  let undrained = generators.length;
  const { warmupMs, durationMs } = tasks[0]!;
  using running = watchStandstill(suspects, warmupMs + durationMs);
  const broken = Promise.withResolvers<GeneratorFailure>();
  const reports = await unlessStopped(
    Promise.race([
      broken.promise,
      Promise.all(generators.map((generator, index) =>
        generator.run({
          probed: running.heard,
          restart(signal) {
            restart?.(signal).catch((error: Error) =>
              broken.resolve({
                state: "failed",
                reason: `The server could not be started again: ${error.message}`,
              })
            );
          },
          drained() {
            if (--undrained === 0) drained?.();
          },
          pulse(own) {
            last[index] = own;
            // One of them sets the time for all.
            if (index === 0) pulse?.(mergePulses(last.filter((one) => one !== undefined)));
          },
        })
      )),
    ]),
    running,
  );
  if ("state" in reports) return reports;
  const failure = reports.find((report) => report.state === "failed");
  return failure ?? mergeReports(reports.filter((report) => report.state === "completed"));
}
