/** The signals that ask the program to stop. */

import { EXIT } from "./command.ts";

/** Windows knows no other that a program can hear. */
const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/** Calls `stop` with its name at each such signal until the scope of `using` is left. */
export function onStopSignal(stop: (signal: Deno.Signal) => void): Disposable {
  const listeners = SIGNALS.map((signal) => ({ signal, listen: () => stop(signal) }));
  for (const { signal, listen } of listeners) Deno.addSignalListener(signal, listen);
  return {
    [Symbol.dispose]() {
      for (const { signal, listen } of listeners) Deno.removeSignalListener(signal, listen);
    },
  };
}

/** Calls `stop` at the first such signal; the second one ends the program at once, whatever it is waiting for. */
export function onStopOrExit(stop: () => void): Disposable {
  let isAsked = false;
  return onStopSignal(() => {
    if (isAsked) Deno.exit(EXIT.interrupted);
    isAsked = true;
    stop();
  });
}
