/** Faults of the generator and of the machine, and what the user does. */

import { cannot, completes, everywhere, type Expected, fails, type Fault } from "./types.ts";

const NO_WAY_IN = cannot("it takes a millisecond, and when it begins cannot be seen from outside");
const stoppedNow: Expected = { trial: "given up", code: 130, withinMs: 6_000 };
const AT_CONNECT = cannot("all connections are open by then, and no other one is needed");
const TOO_EARLY = cannot("the generator opens nothing yet");

export const outsideRows: readonly Fault[] = [
  {
    id: "generator-killed",
    title: "generator is killed",
    by: "generator",
    phases: everywhere(fails(/^The generator ended: signal SIGKILL$/), { report: NO_WAY_IN }),
  },
  {
    id: "generator-stalled",
    title: "generator stands still (SIGSTOP)",
    by: "generator",
    phases: everywhere(fails(/^The generator stood still: its process was stopped by a signal$/), {
      report: NO_WAY_IN,
    }),
  },
  {
    id: "generator-descriptors",
    title: "generator runs out of file descriptors",
    by: "generator",
    phases: everywhere(AT_CONNECT, {
      spawn: TOO_EARLY,
      ready: TOO_EARLY,
      connect: fails(/too many open files: the limit is 64, raise it with ulimit -n/),
    }),
    carriers: {
      tcp: fails(/too many open files: the limit is 64, raise it with ulimit -n/),
      websocket: fails(/too many open files: the limit is 64, raise it with ulimit -n/),
    },
  },
  {
    id: "disk-full",
    title: "the results folder is full",
    by: "machine",
    phases: everywhere({
      trial: "run stopped",
      says:
        /^error: Cannot write (trials\.jsonl|results\.json) in .*: No space left on device\. The run was stopped/m,
      code: 1,
      withinMs: 6_000,
    }),
  },
  {
    id: "read-only",
    title: "the results folder is not writable",
    by: "machine",
    phases: everywhere(cannot("a run holds its folder open, and the system keeps it writable"), {
      spawn: {
        trial: "refused",
        says: /^error: Cannot write to the folder ".*": Read-only file system\. Name a new/m,
        code: 2,
        withinMs: 6_000,
      },
    }),
  },
  {
    id: "clock-steps",
    title: "the clock steps by an hour, forth and back",
    by: "machine",
    phases: everywhere(completes()),
  },
  {
    id: "ports-exhausted",
    title: "no port is left",
    by: "machine",
    phases: everywhere(cannot("no port is asked for then"), {
      connect: fails(/no free port is left: wait a minute, or open fewer connections/),
      "warm-up": cannot("a port is free again once the server has closed its connection"),
      window: cannot("a port is free again once the server has closed its connection"),
    }),
  },
  {
    id: "ctrl-c",
    title: "Ctrl-C once",
    by: "user",
    phases: everywhere({
      ...completes({ says: /^stopping after this trial; Ctrl-C again stops now$/m }),
      code: 130,
    }),
  },
  { id: "ctrl-c-twice", title: "Ctrl-C twice", by: "user", phases: everywhere(stoppedNow) },
  { id: "term", title: "SIGTERM", by: "user", phases: everywhere(stoppedNow) },
  {
    id: "hangup",
    title: "the terminal is closed (SIGHUP)",
    by: "user",
    phases: everywhere(stoppedNow),
  },
  {
    id: "pipe-closed",
    title: "the output's pipe is closed (EPIPE)",
    by: "user",
    phases: everywhere(completes()),
  },
];
