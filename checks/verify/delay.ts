import { knownServer } from "./servers.ts";
import type { Bench, Check, CheckFinding } from "./types.ts";
import { histogramOf, ms, percentileMs } from "./words.ts";

const DELAY_MS = 5;
/** What the two processes and the system between them may add to the median. */
const OVERHEAD_MS = 1;

/** A server that answers each message after a known time. */
export const delay: Check = {
  id: "delay",
  title: `Latency is right: a server that holds each reply back for ${DELAY_MS} ms`,
  by: "either",
  async *run({ trial }: Bench): AsyncGenerator<CheckFinding> {
    const server = knownServer("delay", "delay", { delayMs: DELAY_MS });
    const closed = await trial({
      server,
      parameters: { connections: 1, inFlight: 1, size: 64 },
      durationMs: 1000,
    });
    const open = await trial({
      server,
      parameters: { connections: 4, size: 64, arrivals: "poisson", rate: 200 },
      durationMs: 1000,
    });
    const leastMs = histogramOf(closed, "serviceTime").min / 1e6;
    yield {
      what: "closed loop, shortest service time",
      expected: `≥ ${ms(DELAY_MS)}`,
      measured: ms(leastMs),
      // A value stands for its bucket, which is a thousandth wide.
      holds: leastMs >= DELAY_MS * 0.999,
    };
    for (
      const [what, medianMs] of [
        ["closed loop, service time p50", percentileMs(closed, "serviceTime", 50)],
        ["open loop, response time p50", percentileMs(open, "responseTime", 50)],
      ] as const
    ) {
      yield {
        what,
        expected: `${ms(DELAY_MS)} to ${ms(DELAY_MS + OVERHEAD_MS)}`,
        measured: ms(medianMs),
        holds: medianMs >= DELAY_MS * 0.999 && medianMs <= DELAY_MS + OVERHEAD_MS,
        isExcusable: medianMs > DELAY_MS + OVERHEAD_MS,
      };
    }
  },
};
