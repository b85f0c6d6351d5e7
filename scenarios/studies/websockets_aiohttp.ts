import type { StudyEntry } from "./types.ts";

/** Python's websockets against aiohttp. */
export const websocketsAiohttp: StudyEntry = {
  id: "websockets-aiohttp",
  title: "websockets (Python) against aiohttp",
  about: [
    "Two servers in Python were compared by latency, throughput, scalability, CPU time and memory.",
    "No figures were published, so that there is no claim to hold against the run.",
    "CPU time per message is in every scenario with messages, memory per connection in Idle connections.",
  ],
  claims: [],
  run: {
    servers: ["websockets", "aiohttp"],
    scenarios: [
      "latency",
      "throughput",
      {
        id: "scalability",
        cases: [1, 64, 256].map((connections) => ({ connections, inFlight: 1, size: 64 })),
      },
      "idle",
    ],
    profile: "standard",
  },
};
