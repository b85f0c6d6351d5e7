import { type CompletedTrial, type CurvePoint, isMeasured } from "../../measure/model/result.ts";
import { knownServer } from "./servers.ts";
import type { Bench, Check, CheckFinding } from "./types.ts";
import { count, ms, percent, percentileMs } from "./words.ts";

/** Each message takes 100 µs, one after another: no more than 10,000 are answered in a second. */
const SERVICE_US = 100;
const CAPACITY = 1e6 / SERVICE_US;
/**
 * The server with a short queue takes longer: what arrives while its process waits for a CPU arrives at once, which must be
 * short beside that.
 */
const SHORT_SERVICE_MS = 2;
const SHORT_WINDOW_MS = 2000;
const LIMIT_MS = 10;
const WINDOW_MS = 400;
/** By how much shares of the capacity, and of the messages, may miss the truth. */
const TOLERANCE = 0.05;
/**
 * Where rate ÷ p99 of M/D/1 is highest, as shares of the capacity: 0.44 by itself, later the longer a message takes beside
 * that; it was 0.76 with 0.5 ms. In short windows the knee is found up to a tenth higher (docs/method.md).
 */
const KNEE = { low: 0.38, high: 0.85 };
/** What the two processes and the system between them may add to p99. */
const OVERHEAD_MS = 1;

/**
 * Share that is answered by a server of which one message can wait, under Poisson arrivals, M/D/1/2: 1 ÷ (e^−ρ + ρ), from
 * π₀ = e^−ρ of the chain after departures (Gross and Harris, "Fundamentals of Queueing Theory", section 5.1.7).
 *
 * @param load ρ, the arrivals divided by the capacity
 */
export function answeredOf(load: number): number {
  return 1 / (Math.exp(-load) + load);
}

/**
 * Share of a window's messages that are answered within the limit where the queue grows all the time: only those that
 * arrive before it takes longer than that.
 */
export function inTimeOf(load: number): number {
  return LIMIT_MS / (load - 1) / WINDOW_MS;
}

/** Servers whose capacity is known, driven beyond it. */
export const overload: Check = {
  id: "overload",
  title:
    `Overload is where the arithmetic puts it: ${SERVICE_US} µs a message, one after another; and one that lets one wait`,
  async *run({ trial }: Bench): AsyncGenerator<CheckFinding> {
    const parameters = { connections: 16, size: 64, arrivals: "poisson" } as const;
    const traced = await trial({
      server: knownServer("queue", "queue", { serviceUs: SERVICE_US }),
      parameters: { ...parameters, sloMs: LIMIT_MS },
      durationMs: WINDOW_MS,
    });
    yield* curveFindings(traced);
    const server = knownServer("short-queue", "short queue", {
      serviceUs: SHORT_SERVICE_MS * 1000,
      queue: 1,
    });
    for (const load of [0.5, 1, 2]) {
      const rate = load * 1000 / SHORT_SERVICE_MS;
      const done = await trial({
        server,
        parameters: { ...parameters, rate },
        durationMs: SHORT_WINDOW_MS,
      });
      yield* shortFindings(load, done);
    }
  },
};

/** What a curve must show of a server that answers all messages, late if need be. */
export function* curveFindings({ metrics, curve }: CompletedTrial): Generator<CheckFinding> {
  const { most, knee } = metrics;
  yield between(
    "highest throughput",
    isMeasured(most!) ? most : undefined,
    // Replies to what came in the warm-up are answered in the window, too, and some a little later than due.
    [(1 - TOLERANCE) * CAPACITY, (1 + 2 * TOLERANCE) * CAPACITY],
    perSecond,
    true,
  );
  yield between(
    "knee",
    isMeasured(knee!) ? knee : undefined,
    [KNEE.low * CAPACITY, KNEE.high * CAPACITY],
    perSecond,
  );
  const last = curve!.points.findLast(({ way }) => way === "overload")!;
  const load = last.rate / CAPACITY;
  yield between(
    `answered within ${ms(LIMIT_MS)} at ${percent(load)} of the capacity`,
    last.inTime / last.rate,
    [0, 2 * inTimeOf(load)],
    (share) => `${(share * 100).toFixed(1)} %`,
  );
  yield fromRecovery(curve!.recovery);
}

type Recovery = NonNullable<CompletedTrial["curve"]>["recovery"];

/** What overload has left takes as long to answer as the rate after it leaves time for. */
function fromRecovery(recovery: Recovery): CheckFinding {
  const what = "time until p99 is within twice of before";
  if (recovery === null) return between(what, undefined, [0, 0], ms);
  const { rate, overloadRate, overloadMs, recoveredMs } = recovery;
  const expected = (overloadRate - CAPACITY) * overloadMs / (CAPACITY - rate);
  return between(
    `${what}, after ${ms(overloadMs)} at ${perSecond(overloadRate)}`,
    recoveredMs ?? undefined,
    // Slices of the timeline are 100 ms long; noise of the arrivals is as much.
    [expected - 200, expected + 300],
    ms,
  );
}

/** What must come out of a server of which one message can wait. */
export function* shortFindings(load: number, trial: CompletedTrial): Generator<CheckFinding> {
  const { sent, lost } = trial.integrity;
  const expected = answeredOf(load);
  yield between(
    `one waits at most, ${percent(load)} of the capacity: answered`,
    (sent - lost) / sent,
    [expected - TOLERANCE, expected + TOLERANCE],
    percent,
    true,
  );
  yield between(
    "service time p99, whatever the load",
    percentileMs(trial, "serviceTime", 99),
    [0, 2 * SHORT_SERVICE_MS + OVERHEAD_MS],
    ms,
  );
}

function perSecond(rate: CurvePoint["rate"]): string {
  return `${count(rate)}/s`;
}

/** Others can make a server answer less or later, or a knee be where it is not: never can it answer more. */
function between(
  what: string,
  measured: number | undefined,
  [low, high]: readonly [number, number],
  words: (value: number) => string,
  isMostOfTruth: boolean = false,
): CheckFinding {
  const holds = measured !== undefined && measured >= low && measured <= high;
  return {
    what,
    expected: `${words(low)} to ${words(high)}`,
    measured: measured === undefined ? "none" : words(measured),
    holds,
    isExcusable: !holds && !(isMostOfTruth && measured !== undefined && measured > high),
  };
}
