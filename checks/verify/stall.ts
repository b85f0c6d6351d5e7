import { knownServer } from "./servers.ts";
import type { Bench, Check, CheckFinding } from "./types.ts";
import { below, histogramOf, near, percentileMs } from "./words.ts";

const STALL_MS = 200;
const EVERY_MS = 1000;
const RATE = 1000;
/** Whole periods, so that the shares are exact wherever the window begins. */
const WINDOW_MS = 5 * EVERY_MS;
/** How far a noisy machine, and catching up with messages, may move a figure. */
const TOLERANCE_MS = 12;

/**
 * The response time that a share of all messages exceeds: a share s / e of them arrives in a stall of length s in each
 * period e, and waits for its end, evenly from s down to 0.
 */
function exceededBy(share: number): number {
  return STALL_MS * (1 - share * EVERY_MS / STALL_MS);
}

/** A server that stands still periodically: what the closed loop hides, the open loop must show. */
export const stall: Check = {
  id: "stall",
  title: `Coordinated omission: a server that stands still for ${STALL_MS} ms in each second`,
  by: "either",
  async *run({ trial }: Bench): AsyncGenerator<CheckFinding> {
    const server = knownServer("stall", "stall", { stallMs: STALL_MS, everyMs: EVERY_MS });
    const closed = await trial({
      server,
      parameters: { connections: 1, inFlight: 1, size: 64 },
      durationMs: WINDOW_MS,
    });
    const closedP99Ms = percentileMs(closed, "serviceTime", 99);
    yield below("closed loop, service time p99", closedP99Ms, "misses the stalls", STALL_MS / 10);
    const longestMs = histogramOf(closed, "serviceTime").max / 1e6;
    yield near("closed loop, longest service time", longestMs, STALL_MS, TOLERANCE_MS);
    const open = await trial({
      server,
      parameters: { connections: 16, size: 64, arrivals: "constant", rate: RATE },
      durationMs: WINDOW_MS,
    });
    const response = `open loop at ${RATE}/s, response time`;
    for (const percentile of [85, 90, 95, 99]) {
      const measuredMs = percentileMs(open, "responseTime", percentile);
      const expectedMs = exceededBy(1 - percentile / 100);
      yield near(`${response} p${percentile}`, measuredMs, expectedMs, TOLERANCE_MS);
    }
    yield below(`${response} p50`, percentileMs(open, "responseTime", 50), "not in a stall", 2);
  },
};
