import type { StudyEntry } from "./types.ts";

/** The servers in TypeScript, on every runtime that they run on. */
export const denoField: StudyEntry = {
  id: "deno-field",
  title: "The servers in TypeScript on Deno, Node.js and Bun",
  about: [
    "The libraries that speak WebSocket or Socket.IO on Deno, Node.js and Bun, each on every runtime that it is made for: round trips, latency, throughput, handshakes, a burst, and the memory of an idle connection.",
    "It repeats no publication: there is no claim.",
  ],
  claims: [],
  run: {
    servers: [
      "native",
      "hono",
      "ws",
      "faye",
      "socketio",
      "ws-node",
      "socketio-node",
      "faye-node",
      "ws-bun",
      "faye-bun",
      "socketio-bun",
      "bun",
    ],
    scenarios: [
      "roundtrip",
      "latency",
      { id: "throughput", cases: [{ connections: 16, inFlight: 16, size: 64 }] },
      { id: "connect", cases: [{ concurrency: 1 }] },
      "burst",
      "idle",
    ],
    // Fewer than usual, as there are so many servers.
    rounds: 8,
    durationMs: 300,
    warmupMs: 250,
  },
};
