/** Faults of agents, of NATS between them, and of the run that they work for. */

import { cannot, completes, everywhere, type Expected, fails, type Fault } from "./types.ts";

/** Until an agent is known to be lost: 5 s without a word, and what a busy machine adds. */
const LOST_MS = 14_000;
const RACE = cannot("its report may be there already, and when it is cannot be seen from outside");
const ALL_ALONG = cannot("it is so in the whole run");
const BEFORE = cannot("the run finds it before its first trial");
const AT_CONNECT = cannot("all connections are open by then, and no other one is needed");

const gone = fails(/^The agent b: it is gone: it has no connection to NATS any more$/, LOST_MS);
const unheard = fails(
  /^The agent b(: it did not answer for 5 s| was not heard for 5 s: it is stopped, or cut off from NATS)$/,
  LOST_MS,
);
const cut = fails(
  /^The agent b(: it is gone|: it did not answer| was not heard| has left)/,
  LOST_MS,
);
const stoppedNow: Expected = { trial: "given up", code: 130, withinMs: 8_000 };
const TOO_MANY = /^The agent b: .*too many open files: the limit is 64, raise it with ulimit -n/;

function refused(says: RegExp): Fault["phases"] {
  return everywhere(BEFORE, {
    spawn: { trial: "refused", says, code: 2, withinMs: 20_000 },
  });
}

function ofAgents(
  id: string,
  title: string,
  phases: Fault["phases"],
  more: Partial<Fault> = {},
): Fault {
  return { id, title, by: "agents", phases, ...more };
}

export const agentRows: readonly Fault[] = [
  ofAgents("agent-killed", "an agent is killed", everywhere(gone, { report: RACE })),
  ofAgents("agent-leaves", "an agent leaves (Ctrl-C)", everywhere(gone, { report: RACE })),
  ofAgents(
    "agent-frozen",
    "an agent stands still (SIGSTOP)",
    everywhere(unheard, { report: RACE }),
  ),
  ofAgents(
    "agent-silenced",
    "nothing comes through between an agent and NATS",
    everywhere(unheard, { report: RACE }),
  ),
  ofAgents(
    "agent-cut",
    "an agent is cut off from NATS",
    everywhere(cut, { report: RACE }),
  ),
  ofAgents(
    "agent-slow",
    "others burn the CPU of an agent",
    everywhere(completes({ withinMs: LOST_MS })),
  ),
  ofAgents(
    "agent-descriptors",
    "an agent runs out of file descriptors",
    everywhere(AT_CONNECT, {
      spawn: cannot("it opens nothing yet"),
      ready: cannot("it opens nothing yet"),
      connect: fails(TOO_MANY, LOST_MS),
    }),
    { connections: 300 },
  ),
  ofAgents(
    "agent-clock",
    "the clock of an agent is an hour off",
    everywhere(ALL_ALONG, { window: completes({ withinMs: LOST_MS }) }),
  ),
  ofAgents(
    "agent-drift",
    "the clock of an agent is fast by 1 %",
    everywhere(ALL_ALONG, { window: completes({ withinMs: LOST_MS }) }),
  ),
  ofAgents(
    "agent-version",
    "an agent has another version",
    refused(/^error: The agent d runs wsmark 0\.0\.1, and this is .*: start it with the same/m),
  ),
  ofAgents(
    "agent-twice",
    "two agents have one id",
    refused(/^error: Two agents at .* are called b: end one, or give it another --id$/m),
  ),
  ofAgents(
    "nats-back",
    "nats-server is killed, and back within 5 s",
    everywhere(completes({ withinMs: LOST_MS })),
  ),
  ofAgents(
    "nats-gone",
    "nats-server is killed, for good",
    everywhere(
      fails(/^(NATS at .* has been away for 5 s|The agent [abc]: it did not answer)/, LOST_MS),
      {
        report: RACE,
      },
    ),
  ),
  ofAgents(
    "coordinator-killed",
    "the run is killed",
    everywhere({ trial: "given up", code: 137, withinMs: 8_000 }),
  ),
  ofAgents(
    "agents-ctrl-c",
    "Ctrl-C once, with agents",
    everywhere({
      ...completes({ says: /^stopping after this trial; Ctrl-C again stops now$/m }),
      code: 130,
    }),
  ),
  ofAgents("agents-ctrl-c-twice", "Ctrl-C twice, with agents", everywhere(stoppedNow)),
];
