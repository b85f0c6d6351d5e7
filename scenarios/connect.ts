import { connect as handshakes } from "./traffic/connect.ts";
import { fixedText } from "./payload/payload.ts";
import { cpuPer, percentiles, perSecond, resources } from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** Closed connections keep their port for a while: fewer than the 28,000 that Linux hands out by default. */
export const MOST_HANDSHAKES = 20_000;

/** The cost of a new connection, one after another and many at once. */
export const connect: Scenario = {
  id: "connect",
  title: "Connecting",
  question: "How long does it take to open a connection, and how many can be opened in a second?",
  behaviour: "/echo",
  cases: [{ concurrency: 1 }, { concurrency: 32 }],
  timeline: "handshakes",
  traffic: (load, { concurrency = 1 }) => handshakes(load, { concurrency, limit: MOST_HANDSHAKES }),
  payload: () => fixedText(""),
  metrics: [
    ...percentiles("handshakeTime", [50, 99]),
    perSecond(
      "rate",
      "Connections",
      "1/s",
      ({ counts }) => counts.handshakes,
      "there was no handshake in the window",
    ),
    cpuPer("handshake"),
    ...resources,
  ],
};
