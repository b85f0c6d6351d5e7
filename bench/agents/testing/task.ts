/** The task of a generator, for tests. */

import type { GeneratorTask } from "../../generator/messages.ts";

/** That of the second of three agents. */
export const TASK = {
  url: "ws://127.0.0.1:9000/echo",
  behaviour: "/echo",
  serverPid: null,
  protocol: "websocket",
  engine: "epoll",
  sources: [],
  scenario: "throughput",
  parameters: { connections: 3, inFlight: 1, size: 64 },
  cpus: [],
  seed: 7,
  share: { index: 1, of: 3 },
  hasPulse: false,
  samples: 10,
  warmupMs: 10,
  durationMs: 10,
} as const satisfies GeneratorTask;
