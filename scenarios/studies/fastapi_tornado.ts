import type { StudyEntry } from "./types.ts";

const USUAL = { connections: 10, messages: 100, size: 1024 };

/** FastAPI against Tornado. */
export const fastapiTornado: StudyEntry = {
  id: "fastapi-tornado",
  title: "FastAPI (uvicorn) against Tornado",
  about: [
    "Two servers in Python were compared with a number of clients, messages of each client and a message size as parameters, by latency and throughput, with a moving average of the latency over time.",
    "No figures were published, so that there is no claim to hold against the run.",
    "The run here varies one parameter at a time about 10 clients that exchange 100 messages of 1 KiB each: 1 and 50 clients, 1,000 messages, 64 B and 16 KiB.",
    "The latency over time with its moving average is drawn from samples of single messages.",
  ],
  claims: [],
  run: {
    servers: ["fastapi", "tornado"],
    scenarios: [{
      id: "session",
      cases: [
        ...[1, 10, 50].map((connections) => ({ ...USUAL, connections })),
        { ...USUAL, messages: 1000 },
        ...[64, 16 * 1024].map((size) => ({ ...USUAL, size })),
      ],
    }],
    profile: "standard",
  },
};
