import { describeCase } from "../cases.ts";
import type { StudyEntry } from "./types.ts";

const WAIT = { connections: 1, inFlight: 1, size: 64 };
/** A message every 33 ms: the pauses of the client that was used. */
const PAUSES = { connections: 1, size: 64, arrivals: "constant", rate: 30.3 } as const;

/** Tornado against Python's websockets. */
export const tornadoWebsockets: StudyEntry = {
  id: "tornado-websockets",
  title: "Tornado against websockets (Python)",
  about: [
    "Two servers in Python were compared by average latency, throughput and scalability.",
    "The client waited between its messages, so that the published throughput is the client's own rate of about 30 messages a second.",
    "The run here measures the latency of single messages without pauses, repeats the pauses as arrivals at 30.3 messages/s, and adds rate and latency for 1, 64 and 256 connections.",
    "The machine, the size of the messages and the number of runs are not known.",
  ],
  claims: [
    {
      kind: "relation",
      text: "The average latency of websockets is lower than that of Tornado.",
      scenario: "latency",
      case: describeCase(WAIT).id,
      metric: "mean",
      server: "websockets",
      than: "tornado",
      relation: "lower",
      published: { server: 0.876, than: 0.965 },
      remark:
        "It was published as 10 % better; the figures are 9 % apart. Neither how far the runs scattered nor how many there were is known.",
    },
    {
      kind: "relation",
      text: "The throughput of websockets and Tornado is the same.",
      scenario: "rate",
      case: describeCase(PAUSES).id,
      metric: "answers",
      server: "websockets",
      than: "tornado",
      relation: "same",
      published: { server: 30.3, than: 30.28 },
      remark:
        "This says nothing of the servers: a client that waits between its messages gets its own rate back from any server that keeps up. What they can do is in the scenario Scalability.",
    },
  ],
  run: {
    servers: ["tornado", "websockets"],
    scenarios: [
      { id: "latency", cases: [WAIT] },
      { id: "rate", cases: [PAUSES] },
      { id: "scalability", cases: [1, 64, 256].map((connections) => ({ ...WAIT, connections })) },
    ],
    rounds: 7,
    // Long enough that one message more or less is below what counts as a difference.
    durationMs: 2000,
    warmupMs: 250,
  },
};
