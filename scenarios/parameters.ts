/**
 * The parameters of cases: one table with a row each. From it come the options of the command line, what a configuration
 * may have, what is refused, what `--matrix` multiplies, the ids and titles of cases, and the words of reports.
 */

import type { ParameterSchema } from "../measure/model/json_schema.ts";
import { readMix } from "./traffic/mix/mix_text.ts";
import { PAYLOAD_KINDS } from "./payload/kinds.ts";
import { ARRIVALS } from "./traffic/timing/schedule.ts";
import {
  backoffInWords,
  readBackoff,
  readStages,
  readThink,
  stagesInWords,
  thinkInWords,
} from "./traffic/timing/texts.ts";
import type { NumberRange, OtherParameters, ParameterRow } from "./parameter_row.ts";

const COUNT: NumberRange = { least: 1, most: 2 ** 26 };
/** Connections beside the measured ones: each may take tens of MiB of the server's memory. */
const BESIDE: NumberRange = { least: 0, most: 1000 };
/** The longest limit of a response time, within what a histogram can hold. */
const LONGEST_MS = 60_000;

/** Every parameter, in the order of ids and titles of cases. */
export const PARAMETERS = {
  mix: {
    about: "What the connections do, by groups: the name of a mix, or one in its own words.",
    title: "mix of traffic",
    check: readMix,
    option: {
      name: "mix",
      value: "NAME",
      help:
        "Mix of traffic for the scenario mixed: chat, feed, files, or your own as '900 ping 1s + 80 200B 5/s'",
    },
    words: (value: string): string => value,
  },
  concurrency: {
    about: "Handshakes under way at once.",
    title: "number of handshakes at once",
    range: COUNT,
    words: (value: number): string =>
      value === 1 ? "one after another" : `${number(value)} at once`,
  },
  messages: {
    about: "Messages in one burst, of each client of a session, or of each connection beside.",
    title: "number of messages",
    range: COUNT,
    option: {
      name: "messages",
      value: "N",
      help: "Messages of a burst, or of each client of a session",
    },
    words: (value: number, { prompt, slow }: OtherParameters): string =>
      prompt === undefined && slow === undefined ? `${number(value)} messages` : "",
  },
  stages: {
    about:
      "A level that goes linearly from each value to the next, from 0 on: the number of connections, or arrivals per second.",
    title: "stages",
    check: readStages,
    option: {
      name: "stages",
      value: "TEXT",
      help:
        "Connections (scenario stages) or arrivals per second (rate, churn) over time: '30s:100, 2m:1000, 30s:0'",
    },
    fits: "load",
    named: "stages for connections, rate or churn for arrivals per second",
    words: (value: string, { arrivals }: OtherParameters): string =>
      `${arrivals === undefined ? "connections" : "arrivals/s"}: ${stagesInWords(value)}`,
  },
  rooms: {
    about: "Rooms, whose members get each other's messages.",
    title: "number of rooms",
    range: COUNT,
    option: { name: "rooms", value: "N", help: "Rooms in the scenario rooms" },
    words: (value: number): string => `${number(value)} room${value === 1 ? "" : "s"}`,
  },
  members: {
    about: "Connections in each room.",
    title: "number of members",
    range: COUNT,
    option: { name: "members", value: "N", help: "Members of each room, a connection each" },
    words: (value: number): string => `${number(value)} member${value === 1 ? "" : "s"} each`,
  },
  speakers: {
    about: "Members of each room that send messages; the others only get them.",
    title: "number of speakers",
    range: COUNT,
    option: { name: "speakers", value: "N", help: "Members of each room that speak" },
    words: (value: number): string => `${number(value)} of them speak${value === 1 ? "s" : ""}`,
  },
  connections: {
    about: "Connections that carry messages.",
    title: "number of connections",
    range: COUNT,
    option: { name: "connections", value: "N", help: "Connections, in the cases that have them" },
    words: (value: number): string => `${number(value)} connection${value === 1 ? "" : "s"}`,
  },
  connectRate: {
    about:
      "Connections that are opened per second; absent if they are opened as fast as the server takes them.",
    title: "rate of connecting",
    range: { most: 1e6, unit: "per second" },
    option: {
      name: "connect-rate",
      value: "N",
      help: "Connections opened per second (as fast as the server takes them)",
    },
    fits: "connections",
    words: (value: number): string => `opened at ${number(value)}/s`,
  },
  pushRate: {
    about: "Messages per second that the server sends on each connection by itself.",
    title: "rate of pushing",
    range: { most: 10_000, unit: "per second" },
    option: {
      name: "push-rate",
      value: "N",
      help:
        "Messages per second that servers of wsmark send on each connection, in the scenario push",
    },
    words: (value: number): string => `${number(value)}/s on each`,
  },
  inFlight: {
    about: "Messages outstanding on each connection.",
    title: "number of messages in flight",
    range: COUNT,
    option: {
      name: "in-flight",
      value: "N",
      help: "Messages outstanding on a connection, in the cases that have them",
    },
    words: (value: number): string => `${number(value)} in flight`,
  },
  think: {
    about:
      "How long a user thinks between a reply and the next message, drawn evenly from a range.",
    title: "time to think",
    check: readThink,
    option: {
      name: "think",
      value: "TIME",
      help: "Pause between a reply and the next message of a closed loop: 1s, or drawn: 1s±0.5",
    },
    fits: "inFlight",
    words: (value: string): string => `a pause of ${thinkInWords(value)} after each reply`,
  },
  size: {
    about: "Payload of each message, in bytes.",
    title: "payload size",
    range: COUNT,
    option: {
      name: "size",
      value: "BYTES",
      help: "Payload of a message, in the cases that have it",
    },
    axis: [64, 1024, 16 * 1024, 256 * 1024],
    words: (value: number): string => bytes(value),
  },
  payload: {
    about:
      "What messages are made of: repeated text or bytes (binary), which compress to next to nothing, random bytes, " +
      "which do not compress, or JSON documents as applications send them.",
    title: "kind of payload",
    choices: PAYLOAD_KINDS,
    option: {
      name: "payload",
      value: "NAME",
      help:
        "What messages are made of, in the cases that have a size: text, binary, random, documents",
    },
    axis: PAYLOAD_KINDS,
    fits: "size",
    words: (value: string): string => value,
  },
  arrivals: {
    about: "How arrivals follow one another.",
    title: "kind of arrivals",
    choices: ARRIVALS,
    option: {
      name: "arrivals",
      value: "NAME",
      help: "How arrivals follow one another: constant or poisson (constant)",
    },
    words: (value: string): string => value === "constant" ? "" : "Poisson arrivals",
  },
  rate: {
    about: "Arrivals per second on all connections together.",
    title: "arrival rate",
    range: { most: 1e7, unit: "per second" },
    option: {
      name: "rate",
      value: "N",
      help: "Arrivals per second for the scenario rate (10, 50 and 80 % of the slowest server)",
    },
    fits: "load",
    words: (value: number, { load }: OtherParameters): string =>
      `${number(value)} messages/s${load === undefined ? "" : ` (${load} % load)`}`,
  },
  sloMs: {
    about:
      "Limit of the response time, in milliseconds: in a search for the capacity of its 99th percentile.",
    title: "limit of the response time",
    range: { most: LONGEST_MS, unit: "ms" },
    option: {
      name: "slo",
      value: "TIME",
      help: "Limit of the response time for the scenarios capacity (its p99) and curve (10ms)",
    },
    words: (value: number): string => `within ${value} ms`,
  },
  load: {
    about:
      "Arrival rate that is not known yet, in per cent of what the slowest server answers in a closed loop.",
    title: "load",
    range: { most: 100, unit: "per cent" },
    words: (value: number, { rate }: OtherParameters): string =>
      rate === undefined ? `${value} % load` : "",
  },
  prompt: {
    about:
      "Connections beside the others that send as much as the server takes and read the replies as they come.",
    title: "number of prompt readers",
    range: BESIDE,
    isShared: true,
    words: (value: number, all: OtherParameters): string => beside(value, all, "as they come"),
  },
  slow: {
    about:
      "Connections beside the others that send as much as the server takes and read nothing before the window is over.",
    title: "number of slow readers",
    range: BESIDE,
    isShared: true,
    words: (value: number, all: OtherParameters): string => beside(value, all, "late"),
  },
  cut: {
    about:
      "What breaks all connections off at once: the clients, or a signal to the server, which is then started again.",
    title: "way to break off",
    choices: ["client", "sigterm", "sigkill"],
    option: {
      name: "cut",
      value: "NAME",
      help:
        "What breaks all connections off in the scenario reconnect: client, sigterm or sigkill (each)",
    },
    words: (value: string): string =>
      value === "client"
        ? "broken off by the clients"
        : `server restarted by ${value.toUpperCase()}`,
  },
  backoff: {
    about:
      "How long a client waits before each attempt to come back; absent if it tries at once, and again 50 ms after each failure.",
    title: "back-off",
    check: readBackoff,
    option: {
      name: "backoff",
      value: "TEXT",
      help:
        "Pause before each attempt to come back: 100ms..5s±50% (at once, then 50 ms after each failure)",
    },
    fits: "cut",
    words: (value: string): string => `back-off ${backoffInWords(value)}`,
  },
  tls: {
    about: "Set if the connections are encrypted.",
    title: "encryption",
    choices: ["on"],
    option: {
      name: "tls",
      help: "Encrypt the connections, with a certificate that is made here (wss:)",
    },
    axis: [undefined, "on"],
    fits: "any case",
    words: (): string => "TLS",
  },
  deflate: {
    about:
      "How messages are compressed (permessage-deflate, RFC 7692), and whether one may refer to those before it on its " +
      "connection: better compressed, for more memory; absent if they are not compressed.",
    title: "kind of compression",
    choices: ["takeover", "no-takeover"],
    option: {
      name: "deflate",
      value: "MODE",
      help: "Compress the messages (permessage-deflate): takeover, or no-takeover of the context",
    },
    axis: [undefined, "no-takeover", "takeover"],
    fits: "any case",
    words: (value: string): string => value === "takeover" ? "deflate" : "deflate without takeover",
  },
} as const satisfies { readonly [name: string]: ParameterRow };

/** Name of a parameter. */
export type ParameterName = keyof typeof PARAMETERS;

/** The value of a parameter. */
export type ParameterValue<Row extends ParameterRow> = Row extends { readonly range: NumberRange }
  ? number
  : Row extends { readonly choices: readonly (infer Choice)[] } ? Choice
  : string;

/** The parameters of a case; a scenario uses those that it has. */
export type CaseParameters = {
  readonly [name in ParameterName]?: ParameterValue<typeof PARAMETERS[name]>;
};

/** Every name, in the order of the table. */
export const PARAMETER_NAMES = Object.keys(PARAMETERS) as readonly ParameterName[];

/** The parameters by whose values `--matrix` can multiply cases. */
export const AXES: readonly string[] = PARAMETER_NAMES.filter((name) =>
  rowOf(name).axis !== undefined
);

/** The options that set parameters, as they are typed, by the names of the parameters. */
export const OPTION_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  PARAMETER_NAMES.flatMap((name) => {
    const { option } = rowOf(name);
    return option === undefined ? [] : [[name, `--${option.name}`]];
  }),
);

/** What the JSON Schema of a result says of each parameter. */
export function parameterSchemas(): Record<string, ParameterSchema> {
  return Object.fromEntries(PARAMETER_NAMES.map((name) => {
    const { about, range, choices } = rowOf(name);
    return [name, {
      description: about,
      type: range === undefined ? "string" : "number",
      ...(choices && { enum: [...choices] }),
    }];
  }));
}

/** The row of a parameter. */
export function rowOf(name: ParameterName): ParameterRow {
  return PARAMETERS[name];
}

/** The parameters that are set, with their values. */
export function entriesOf(
  parameters: CaseParameters,
): [name: ParameterName, value: number | string][] {
  return Object.entries(parameters) as [ParameterName, number | string][];
}

/** How many connections a case has, which may be those of its rooms; 0 if its parameters do not say. */
export function connectionsOf({ connections, rooms = 0, members = 0 }: CaseParameters): number {
  return connections ?? rooms * members;
}

/** Whether a case can have a parameter. */
export function canHave(parameters: CaseParameters, name: ParameterName): boolean {
  const { fits } = rowOf(name);
  return name in parameters || fits === "any case" || (fits !== undefined && fits in parameters);
}

/** A parameter of a case in words; empty if it need not be mentioned. */
export function parameterInWords(name: ParameterName, all: CaseParameters): string {
  // A name and its value belong together, which the compiler cannot follow over a union of names.
  return rowOf(name).words(all[name] as never, all);
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

/** The connections beside the measured ones, in words. */
function beside(count: number, { messages = 0 }: OtherParameters, when: string): string {
  if (count === 0) return "nobody beside them";
  const [send, read] = count === 1 ? ["sends", "reads"] : ["send", "read"];
  return `beside ${count} that ${send} ${number(Number(messages))} messages and ${read} ${when}`;
}

function bytes(value: number): string {
  if (value >= 2 ** 20 && value % 2 ** 20 === 0) return `${value / 2 ** 20} MiB`;
  if (value >= 2 ** 10 && value % 2 ** 10 === 0) return `${value / 2 ** 10} KiB`;
  return `${number(value)} B`;
}
