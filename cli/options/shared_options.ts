/** The options that several commands have: about agents, and about reports. */

import { BROKER_OPTIONS, NATS_OPTION } from "../../bench/agents/broker/options.ts";
import { FORMATS, USUAL, USUAL_FORMATS } from "../../report/format.ts";
import type { Option } from "./option.ts";

/** Names agents by where NATS is, for commands that need none. */
export const AGENTS_OPTION = {
  name: "agents",
  value: "nats://HOST:4222",
  help: "Have the load made by the agents at this NATS (deno task agent), all together",
  group: "How NATS is reached",
} as const satisfies Option;

/** Which agents a run takes. */
export const agentOptions: readonly Option[] = [
  AGENTS_OPTION,
  {
    name: "agents-min",
    value: "N",
    help: "How many agents there must be; they are waited for 10 s (1)",
    group: "How NATS is reached",
  },
  {
    name: "agents-pick",
    value: "A=B,C=D",
    help: "Take only agents with these labels",
    group: "How NATS is reached",
  },
  {
    name: "server-agent",
    value: "ID",
    help:
      "Start the servers of the list on this agent (deno task agent --serve), which makes no load",
    group: "How NATS is reached",
  },
  ...BROKER_OPTIONS,
];

/** How a command that only works with NATS reaches it. */
export const natsOptions: readonly Option[] = [NATS_OPTION, ...BROKER_OPTIONS];

/** How a resumed run reaches its agents. */
export const resumedAgentOptions: readonly Option[] = [
  {
    ...AGENTS_OPTION,
    help: "Where NATS is now, if the agents of the run are at another one, or with its secrets",
  },
  ...BROKER_OPTIONS,
];

/** What else can be named, at the end of the help of options that name servers. */
export const SERVERS_BY_TAG =
  "also lang:L, runtime:R, protocol:P, and all,-lang:L or all,-NAME to leave some out";

/** Which reports are written. */
export const reportsOption: Option = {
  name: "reports",
  value: "A,B|all",
  help: `Reports to write; also all, and ${USUAL}: ${USUAL_FORMATS.join(", ")} (${USUAL})`,
  choices: FORMATS,
  group: "Results",
};
