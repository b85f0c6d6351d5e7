import type { StudyEntry } from "./types.ts";

/** Arrivals that every server of the list keeps up with on one CPU, so that their response times can be compared. */
const ARRIVALS_PER_SECOND = 2000;

/** Every server of the list in the few cases by which people choose one. */
export const field: StudyEntry = {
  id: "field",
  title: "The field: every server under the same traffic",
  about: [
    "All servers of the list that can be started here, in their current versions: one message at a time, 64 clients with 1 and with 16 messages in flight, the same arrivals for all, handshakes, a burst, and the memory of an idle connection.",
    "These cases are those by which servers are usually chosen, and few enough for one run of the whole field: the shortest wait, the most messages of clients that wait for their replies and of clients that do not, what a user waits when messages come whatever the server does, what a visitor costs, what a backlog costs, and what a silent connection holds.",
    `The arrival rate is ${
      ARRIVALS_PER_SECOND.toLocaleString("en-US")
    } messages a second for each server, not a share of what the slowest one reaches, so that runs can be compared: a server that answers fewer is overloaded there, and its response time says so.`,
    "The client is the same for all, and makes its own frames; where it is the limit, which a fast server in Rust, C++, Go or on Bun reaches, the rates look alike, and the CPU time per message decides.",
    "Not compared: the clients that languages bring with them, TLS, compression, large messages, broadcast, thousands of busy connections, more CPUs than the server was given, real networks, and what an application does with a message.",
    "Each server is set up as its documentation recommends for production, with one process unless it starts threads by itself; its settings are under Versions.",
    "It repeats no publication: there is no claim.",
  ],
  claims: [],
  run: {
    servers: ["all"],
    scenarios: [
      "latency",
      {
        id: "throughput",
        cases: [1, 16].map((inFlight) => ({ connections: 64, inFlight, size: 64 })),
      },
      {
        id: "rate",
        cases: [{ connections: 64, size: 64, arrivals: "constant", rate: ARRIVALS_PER_SECOND }],
      },
      { id: "connect", cases: [{ concurrency: 1 }] },
      "burst",
      "idle",
    ],
    // As few as can be told apart reliably, as there are so many servers.
    rounds: 8,
    durationMs: 1000,
    warmupMs: 500,
  },
};
