/** Reports of generators that never ran, for tests. */

import { Histogram } from "../../measure/record/histogram.ts";
import type { GeneratorReport } from "../generator/messages.ts";

/** What a window of one second would report: all are answered within a time. */
export function reportOf(
  rate: number,
  responseMs: number,
  lost: number = 0,
  sent: number = rate,
): GeneratorReport {
  const response = new Histogram();
  for (let count = 0; count < 100; count++) response.record(responseMs * 1e6);
  const none = { cpuNs: 0, residentBytes: 0, peakBytes: 0, processes: [] };
  const samples = {
    "before connecting": none,
    "window starts": none,
    "window ends": none,
    closed: none,
  };
  return {
    state: "completed",
    startedAtMs: 0,
    phases: { connectMs: 1, warmupMs: 1, windowMs: 1000, drainMs: 1 },
    window: { askedMs: 1000, allowedMs: 0, tookMs: 1000, standstillMs: 0 },
    counts: { sent, replies: rate, replyBytes: 0, handshakes: 0, connections: 4 },
    arrivals: { offered: rate, sent, late: 0, dropped: 0, answered: rate - lost },
    integrity: { sent, answered: rate - lost, lost, duplicated: 0, reordered: 0, corrupted: 0 },
    histograms: { responseTime: [...response.entries()] },
    timeline: [],
    server: null,
    generator: samples,
    stolen: 0,
    throttled: { server: null, client: null },
    others: [],
  };
}
