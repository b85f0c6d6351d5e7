/**
 * How the user stops a run: the first time the running trial is finished, the second time it is given up. The reports
 * are written both times, unless the second time comes while they are being written.
 */

import type { Result } from "../measure/model/result.ts";
import { EXIT } from "./command.ts";

/** On Windows a program can receive no other. */
const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/** A terminal sends Ctrl-C to `deno task` and its program, and `deno task` passes it on: so soon it is the same, in ms. */
const SAME_MS = 50;

/**
 * Makes one of a signal that comes twice at once.
 *
 * @param now in milliseconds
 */
export function oncePerSignal(
  stop: (signal: Deno.Signal) => void,
  now: () => number = () => performance.now(),
): (signal: Deno.Signal) => void {
  const heard = new Map<Deno.Signal, number>();
  return (signal) => {
    const [at, before = -Infinity] = [now(), heard.get(signal)];
    if (at - before < SAME_MS) return;
    heard.set(signal, at);
    stop(signal);
  };
}

/** Calls `stop` at each such signal, with its name, until the scope of `using` is left. */
export function onStopSignal(stop: (signal: Deno.Signal) => void): Disposable {
  const hear = oncePerSignal(stop);
  const listeners = SIGNALS.map((signal) => ({ signal, listen: () => hear(signal) }));
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

/** What was asked of a run by the user, or by a disk that is full. */
export interface Stop extends Disposable {
  /** Aborted when no other trial is to start. */
  readonly finish: AbortSignal;
  /** Aborted when the running trial is to be given up. */
  readonly now: AbortSignal;
  /** Whether the user has asked for either. */
  readonly isAsked: boolean;
  /** Gives the running trial up, for a reason that is not the user's. */
  giveUp(reason: Error): void;
  /**
   * To be called when the trials are over and the reports are being written.
   *
   * @param missing the reports that are not written yet; it is read whenever there is something to say of them
   */
  writing(result: Pick<Result, "state" | "trials" | "planned">, missing: ReadonlySet<string>): void;
}

const LIMIT_MS = 5000;

/** What a test replaces. */
export interface StopOptions {
  /** Listens to the signals. */
  readonly listen?: typeof onStopSignal;
  readonly exit?: (code: number) => void;
  readonly limitMs?: number;
}

/** The command lines that go on with a run, and that make its reports. */
export interface NextCommands {
  readonly resume: string;
  readonly report: string;
}

/**
 * Listens to the signals. A first Ctrl-C ends the run after its trial, a second one at once; so do SIGTERM and a closed
 * terminal. If a run that is given up does not end in time, the program ends; so it does at a second Ctrl-C while the
 * reports are being written: it names those that are missing. No file is cut off by that, because each is written by one
 * uninterrupted call.
 *
 * @param say prints what a Ctrl-C has done
 * @param next what the user can type when the program has ended
 */
export function listenForStop(
  say: (line: string) => void,
  next: NextCommands,
  { listen = onStopSignal, exit = Deno.exit, limitMs = LIMIT_MS }: StopOptions = {},
): Stop {
  const [finish, now] = [new AbortController(), new AbortController()];
  let [isAsked, isHeard, isWhole] = [false, false, false];
  let missing: ReadonlySet<string> | undefined;
  let late: ReturnType<typeof setTimeout> | undefined;

  function giveUp(reason: Error): void {
    if (now.signal.aborted) return;
    if (missing === undefined) late = setTimeout(leave, limitMs);
    now.abort(reason);
  }

  function leave(): void {
    say(
      `the run did not end in ${
        limitMs / 1000
      } s: its reports are left out, what was measured is kept`,
    );
    end();
  }

  function end(): void {
    say(`make the reports with: ${next.report}`);
    if (!isWhole) say(`go on with: ${next.resume}`);
    exit(EXIT.interrupted);
  }

  function inWords(reports: ReadonlySet<string>): string {
    return [...reports].join(", ");
  }

  const listening = listen((signal) => {
    isAsked = true;
    const isFirst = !finish.signal.aborted;
    finish.abort();
    if (signal === "SIGINT" && isFirst) {
      isHeard = true;
      return say(
        missing === undefined
          ? "stopping after this trial; Ctrl-C again stops now"
          : `writing the reports, ${inWords(missing)} to go; Ctrl-C again leaves them`,
      );
    }
    if (signal === "SIGINT" && (missing !== undefined || now.signal.aborted)) {
      say(
        missing === undefined
          ? "no report is written; what was measured is kept"
          : `not written: ${inWords(missing)}; what was measured is kept`,
      );
      return end();
    }
    if (signal === "SIGINT") say("giving up this trial; what was measured before is kept");
    giveUp(new Error("The run was interrupted"));
  });
  return {
    finish: finish.signal,
    now: now.signal,
    get isAsked() {
      return isAsked;
    },
    giveUp,
    writing({ state, trials, planned }, reports) {
      missing = reports;
      isWhole = state === "finished";
      clearTimeout(late);
      if (!isHeard || reports.size === 0) return;
      say(
        `${trials.length} of ${planned} trials are kept; writing the reports ${
          inWords(reports)
        }; Ctrl-C again leaves them`,
      );
    },
    [Symbol.dispose]() {
      clearTimeout(late);
      listening[Symbol.dispose]();
    },
  };
}
