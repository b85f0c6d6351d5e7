/** Faults of the server's process, and in whether it answers at all. */

import { cannot, completes, everywhere, fails, type Fault, ofServer } from "./types.ts";

const DRAIN_MS = 14_000;
const CONNECT_MS = 20_000;
const READY_MS = 15_000;
const NOT_YET = cannot("there is no open connection yet");
const AT_END = cannot("it shows only when the server is asked to end");
const lost = completes({ wrong: true, withinMs: DRAIN_MS });
const unopened = fails(/4 of 4 connections were not open after 15\d{3} ms/, CONNECT_MS);
const unanswered = fails(/handshakes? .*not answered/, DRAIN_MS);

export const serverRows: readonly Fault[] = [
  ofServer(
    "exit",
    "exits",
    everywhere(fails(/^The server ended during the trial: exit code 7: "out of luck"$/), {
      spawn: fails(/ended before it was ready: exit code 7: "out of luck"$/),
      ready: fails(/ended before it was ready: exit code 7: "out of luck"$/),
      report: completes(),
    }),
  ),
  ofServer(
    "kill",
    "is killed",
    everywhere(fails(/^The server ended during the trial: signal SIGKILL$/), {
      spawn: fails(/ended before it was ready: signal SIGKILL$/),
      ready: fails(/ended before it was ready: signal SIGKILL$/),
      report: completes(),
    }),
  ),
  ofServer(
    "stop",
    "stands still (SIGSTOP)",
    everywhere(fails(/^The server stood still: its process was stopped by a signal$/), {
      spawn: fails(/^stop.spawn stood still: its process was stopped by a signal$/),
      ready: fails(/^stop.ready stood still: its process was stopped by a signal$/),
      report: completes(),
    }),
  ),
  ofServer(
    "no-ready-line",
    "never prints its ready line",
    everywhere(cannot("it has printed it"), {
      spawn: cannot("that is the phase after it"),
      ready: fails(/accepted no handshake on port \d+ in 10 s$/, READY_MS),
    }),
  ),
  ofServer(
    "silent",
    "reads messages and never answers",
    everywhere(lost, {
      spawn: NOT_YET,
      ready: NOT_YET,
      connect: unopened,
      report: completes(),
    }),
  ),
  ofServer(
    "half",
    "closes half of the connections",
    everywhere(fails(/^The server closed connection \d of 4: /), {
      spawn: NOT_YET,
      ready: NOT_YET,
      report: completes(),
    }),
  ),
  ofServer(
    "descriptors",
    "runs out of file descriptors",
    everywhere(cannot("it needs no other one then"), {
      spawn: fails(/ended before it was ready: exit code 1/),
      ready: fails(/ of 100 connections were not open after 15\d{3} ms/, CONNECT_MS),
      connect: fails(/ of 100 connections were not open after 15\d{3} ms/, CONNECT_MS),
      "warm-up": unanswered,
      window: unanswered,
    }),
    {
      files: 64,
      connections: 100,
      scenario: (phase) => phase === "warm-up" || phase === "window" ? "connect" : "rate",
    },
  ),
  ofServer("flood-stdout", "floods stdout without a line feed", everywhere(completes())),
  ofServer("flood-stderr", "floods stderr without a line feed", everywhere(completes())),
  ofServer("ignore-term", "ignores SIGTERM", everywhere(AT_END, { report: completes() })),
  ofServer("grandchildren", "leaves grandchildren that ignore signals", everywhere(completes())),
  ofServer(
    "grandchildren-apart",
    "leaves grandchildren in their own session",
    everywhere(completes()),
  ),
  ofServer(
    "double-fork",
    "forks twice, and leaves an orphan in its own session",
    everywhere(completes()),
  ),
];
