/** Tasks of generators, for tests. */

import type { GeneratorTask } from "../generator/messages.ts";

/** A task of a search, for generators that never run; its parameters fit each search. */
export const SEARCH_TASK: GeneratorTask = {
  url: "ws://none/",
  behaviour: "/echo",
  serverPid: null,
  protocol: "websocket",
  engine: "tcp",
  sources: [],
  scenario: "capacity",
  parameters: { connections: 4, size: 64, arrivals: "constant", sloMs: 10 },
  cpus: [],
  seed: 5,
  share: { index: 0, of: 1 },
  samples: 0,
  warmupMs: 300,
  durationMs: 1000,
  hasPulse: false,
};
