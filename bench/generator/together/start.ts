/** Has generators start together, each by its own clock, and says afterwards how far apart their windows were. */

import type { Generator, GeneratorNews } from "../process.ts";
import type { GeneratorFailure, GeneratorReport } from "../messages.ts";
import { takingTurns } from "../../process/turns.ts";
import { AT_ONCE, clockMs, type ClockReading, compareClock, oursOf } from "./clock.ts";
import type { Span } from "./overlap.ts";
import { largest } from "../../../measure/statistics/statistics.ts";

/**
 * How long before the start the generators are told of it, in milliseconds, in addition to several times the longest round
 * trip: a message may wait for a CPU.
 */
const LEAD_MS = 60;
const ROUND_TRIPS = 8;

/** Generators whose clocks are known. */
export interface Synchronized {
  /** What their clocks showed, in the order of the generators. */
  readonly clocks: readonly ClockReading[];
  /** When they are to start, by the clock of this process, in milliseconds. */
  readonly startMs: number;
}

/**
 * Compares the clock of each generator with that of this process.
 *
 * @throws {Error} if one does not answer
 */
export async function readClocks(generators: readonly Generator[]): Promise<ClockReading[]> {
  const inTurn = takingTurns(AT_ONCE);
  return await Promise.all(
    generators.map((generator) => inTurn(() => compareClock(() => generator.clock()))),
  );
}

/**
 * Compares the clocks of all generators with that of this process, and chooses when they start.
 *
 * @throws {Error} if one does not answer
 */
export async function synchronize(generators: readonly Generator[]): Promise<Synchronized> {
  const clocks = await readClocks(generators);
  const longestMs = 2 * largest(clocks.map(({ errorMs }) => errorMs));
  return { clocks, startMs: clockMs() + LEAD_MS + ROUND_TRIPS * longestMs };
}

/** Starts the traffic of one of them. */
export function runAt(
  generator: Generator,
  index: number,
  { clocks, startMs }: Synchronized,
  news: GeneratorNews,
): Promise<GeneratorReport | GeneratorFailure> {
  return generator.run(news, startMs + clocks[index]!.offsetMs);
}

/**
 * The window that a report is of, by the clock of this process.
 *
 * @param after what the generator's clock showed when it was over; absent if it is that of this machine
 */
export function windowOf(
  { startedAtMs, phases: { warmupMs, windowMs } }: Pick<GeneratorReport, "startedAtMs" | "phases">,
  before: ClockReading,
  after?: ClockReading,
): Span {
  const startMs = startedAtMs + warmupMs;
  return {
    startMs: oursOf(startMs, before, after),
    endMs: oursOf(startMs + windowMs, before, after),
  };
}
