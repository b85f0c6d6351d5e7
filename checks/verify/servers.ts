/** Servers whose truth is known: what can be true of one, and the options that set it. */

import { denoRun } from "../../servers/launch/deno_run.ts";
import type { ServerEntry } from "../../servers/types.ts";

/**
 * What is true of a server, as {@linkcode truthOptions} describes it; without any of it, it is a plain echo. Messages are counted per connection, from 1 on. A
 * message that is due for several faults has them all, except that a dropped one is only dropped.
 */
export interface Truth {
  readonly delayMs?: number;
  /** For how many milliseconds the whole process stands still, once in every {@linkcode Truth.everyMs}. */
  readonly stallMs?: number;
  /** Milliseconds from one standstill's beginning to the next one's, the first after one such period. */
  readonly everyMs?: number;
  readonly drop?: number;
  readonly duplicate?: number;
  /** Every message whose number is a multiple of this is answered after the next one, or after 100 ms without one. */
  readonly reorder?: number;
  readonly corrupt?: number;
  readonly workUs?: number;
  /** Each message takes so many microseconds, one after another over all connections, by the clock instead of a CPU. */
  readonly serviceUs?: number;
  /** With so many waiting for their turn, further messages get no reply. */
  readonly queue?: number;
}

/** The option that sets a part of the truth. */
export interface TruthOption {
  /** Its name, as `--delay-ms`. */
  readonly option: string;
  /** Placeholder of its value in the help. */
  readonly letter: string;
  /** The least that its value can be. */
  readonly least: number;
  readonly whole: boolean;
  readonly help: string;
}

/** The option of each part of the truth. */
export const truthOptions: Readonly<Record<keyof Truth, TruthOption>> = {
  delayMs: time("--delay-ms", "milliseconds from a message's arrival until its reply is sent"),
  stallMs: time(
    "--stall-ms",
    "milliseconds for which the process stands still; goes with --every-ms",
  ),
  everyMs: time("--every-ms", "milliseconds from one standstill's beginning to the next one's"),
  drop: fault("--drop", "every K-th message of a connection gets no reply"),
  duplicate: fault("--duplicate", "every K-th message gets two replies"),
  // Otherwise each message would have to change places with the next.
  reorder: { ...fault("--reorder", "every K-th message is answered after the next one"), least: 2 },
  corrupt: fault("--corrupt", "every K-th message's reply ends in another character or byte"),
  workUs: time("--work-us", "microseconds of work before each reply"),
  serviceUs: time("--service-us", "microseconds that each message takes, one after another"),
  queue: {
    ...fault("--queue", "messages that wait at most, others get no reply; goes with --service-us"),
    least: 0,
  },
};

function time(option: string, help: string): TruthOption {
  return { option, letter: "T", least: 0, whole: false, help };
}

function fault(option: string, help: string): TruthOption {
  return { option, letter: "K", least: 1, whole: true, help };
}

export const truthKeys = Object.keys(truthOptions) as readonly (keyof Truth)[];

/** A timer holds no more than 2³¹ ms. */
const MOST = 1_000_000_000;

/** @throws {RangeError} for a value out of its range, and for a standstill without a longer period */
export function assertTruth(truth: Truth): void {
  for (const key of truthKeys) {
    const value = truth[key];
    if (value === undefined) continue;
    const { least, whole } = truthOptions[key];
    const inRange = value >= least && value <= MOST;
    if (!inRange || whole && !Number.isInteger(value)) throw wrongValue(key, value);
  }
  const { stallMs, everyMs, serviceUs, queue } = truth;
  if (queue !== undefined && !serviceUs) {
    throw new RangeError(
      "Cannot make a known server as --queue needs a --service-us above 0: " +
        `received ${serviceUs ?? "none"}`,
    );
  }
  if (stallMs === undefined && everyMs === undefined) return;
  if (stallMs !== undefined && everyMs !== undefined && everyMs > stallMs) return;
  throw new RangeError(
    "Cannot make a known server as --stall-ms needs an --every-ms that is longer: " +
      `received ${stallMs ?? "none"} and ${everyMs ?? "none"}`,
  );
}

export function wrongValue(key: keyof Truth, received: string | number): RangeError {
  const { option, least, whole } = truthOptions[key];
  return new RangeError(
    `Cannot make a known server as ${option} must be ${whole ? "a whole" : "a"} number ` +
      `from ${least} to ${MOST}: received ${received}`,
  );
}

/**
 * Makes the entry of a server whose truth is known.
 *
 * @throws {RangeError} for a truth that no server can have
 */
export function knownServer(id: string, title: string, truth: Truth): ServerEntry {
  assertTruth(truth);
  const options = truthKeys.flatMap((key) =>
    truth[key] === undefined ? [] : [truthOptions[key].option, String(truth[key])]
  );
  const command = [
    ...denoRun(import.meta.resolve("./server.ts")),
    ...["--id", id, ...options],
  ];
  return { id, title, protocol: "websocket", launch: { by: "contract", command: () => command } };
}
