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
export function onStopSignal(stop: (signal: Deno.Signal) => void): Disposable {
  const listeners = SIGNALS.map((signal) => [signal, () => stop(signal)] as const);
  for (const [signal, listener] of listeners) Deno.addSignalListener(signal, listener);
  return {
    [Symbol.dispose]() {
      for (const [signal, listener] of listeners) Deno.removeSignalListener(signal, listener);
    },
  };
}
