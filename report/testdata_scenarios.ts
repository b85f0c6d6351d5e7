/**
 * The scenarios of the fixed result for the tests.
 *
 * @module
 */

import type { ScenarioDescription } from "../measure/result.ts";

const CPU = {
  id: "serverCpu",
  title: "Server CPU per message",
  unit: "µs",
  better: "lower",
} as const;

/** Echo in two cases, with a primary metric of which more is better and a percentile. */
export const ECHO: ScenarioDescription = {
  id: "echo",
  title: "Echo rate",
  question:
    "How many messages a second does the server answer when the next one is sent as soon as a reply arrives?",
  cases: [
    {
      id: "connections=1,inFlight=1,size=16",
      title: "1 connection × 1 in flight, 16 B",
      parameters: { connections: 1, inFlight: 1, size: 16 },
    },
    {
      id: "connections=64,inFlight=16,size=1024",
      title: "64 connections × 16 in flight, 1 KiB",
      parameters: { connections: 64, inFlight: 16, size: 1024 },
    },
  ],
  metrics: [
    { id: "rate", title: "Message rate", unit: "messages/s", better: "higher", decimals: 0 },
    {
      id: "p99",
      title: "Latency p99",
      unit: "ms",
      better: "lower",
      pooled: { histogram: "serviceTime", statistic: { percentile: 99 } },
    },
    CPU,
  ],
};

/** Handshakes, with a title that no sheet can have, a pooled primary metric and one that only informs. */
export const CONNECT: ScenarioDescription = {
  id: "connect",
  title: "Opening: how fast / how many?",
  question: "How long does a handshake take while others are under way?",
  cases: [{ id: "concurrency=8", title: "8 handshakes at once", parameters: { concurrency: 8 } }],
  metrics: [
    {
      id: "p50",
      title: "Handshake time p50",
      unit: "ms",
      better: "lower",
      pooled: { histogram: "handshakeTime", statistic: { percentile: 50 } },
    },
    { id: "handshakes", title: "Handshakes", unit: "", better: "none", decimals: 0 },
  ],
};
