/**
 * The signals that ask the program to stop.
 *
 * @module
 */

/** Windows knows no other that a program can hear. */
const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/** Calls `stop` at each such signal until the scope of `using` is left. */
export function onStopSignal(stop: () => void): Disposable {
  for (const signal of SIGNALS) Deno.addSignalListener(signal, stop);
  return {
    [Symbol.dispose]() {
      for (const signal of SIGNALS) Deno.removeSignalListener(signal, stop);
    },
  };
}
