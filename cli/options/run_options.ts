/** The options of `run`. */

import { DEFAULT_PROFILE, profiles } from "../../bench/plan/profiles.ts";
import { AXES, PARAMETER_NAMES, rowOf } from "../../scenarios/parameters.ts";
import { anyOf, type Option } from "./option.ts";
import { handshakeOptions, ownServerOptions } from "./own_server_options.ts";
import { agentOptions, reportsOption, SERVERS_BY_TAG } from "./shared_options.ts";

const parameterOptions: readonly Option[] = PARAMETER_NAMES.flatMap((name) => {
  const { option } = rowOf(name);
  return option === undefined ? [] : [{ ...option, group: "How to drive the servers" }];
});

export const runOptions: readonly Option[] = [
  {
    name: "servers",
    value: "A,B|all",
    help: "Servers to compare (native, ws, socketio; none of them with --url or --command); " +
      SERVERS_BY_TAG,
    group: "What to compare",
  },
  {
    name: "scenarios",
    value: "A,B|all",
    help: "Scenarios to run (those that `list` shows first)",
    group: "What to compare",
  },
  {
    name: "client",
    value: "A,B|auto",
    help: "Client; with several each server gets the first that speaks its protocol (auto)",
    group: "What to compare",
  },
  {
    name: "class",
    value: "NAME",
    help:
      "Set-up of servers that have several: production, tuned or minimal (production); list NAME shows them",
    group: "What to compare",
  },
  {
    name: "workers",
    value: "N",
    help:
      "Workers of each server that can have several, on the CPUs of the server (its own default)",
    group: "What to compare",
  },
  {
    name: "study",
    value: "NAME",
    help: "Repeat a published comparison and judge its claims; other options change its run",
    group: "What to compare",
  },
  ...ownServerOptions,
  ...handshakeOptions,
  {
    name: "conformance",
    help: "Try first whether the servers speak the protocol, case by case, for the reports to say",
    group: "What to compare",
  },
  {
    name: "profile",
    value: "NAME",
    help: `quick, standard or thorough (${DEFAULT_PROFILE})`,
    group: "How long",
  },
  { name: "rounds", value: "N", help: "Runs of each case on each server", group: "How long" },
  {
    name: "until",
    value: "PERCENT",
    help: "Run rounds until ratios of rates are known to ±PERCENT, at most --rounds (100)",
    group: "How long",
  },
  {
    name: "duration",
    value: "S",
    help: "Length of the measured window in seconds, or as 500ms, 2min",
    group: "How long",
  },
  {
    name: "warmup",
    value: "S",
    help: "Length of the warm-up before it, in the same units",
    group: "How long",
  },
  {
    name: "dry-run",
    help: "Print the plan and the time that it would take, and end",
    group: "How long",
  },
  ...parameterOptions,
  {
    name: "matrix",
    value: "A,B",
    help: `Multiply the cases by ${anyOf(AXES)}, to see them side by side`,
    group: "How to drive the servers",
  },
  {
    name: "out",
    value: "DIR",
    help: "Folder to write, new or empty (results/<time>-<profile>)",
    group: "Results",
  },
  reportsOption,
  {
    name: "live",
    help: "Serve a page on this machine that follows the run",
    group: "Results",
  },
  {
    name: "metrics",
    value: "[PORT]",
    bare: "0",
    help: "Serve OpenMetrics on this machine while it runs, for Prometheus (a free port)",
    group: "Results",
  },
  { name: "no-progress", help: "Show no progress", group: "Results" },
  {
    name: "explain",
    help: "Run each case once more on each server, not scored, and count what tells why",
    group: "Comparing",
  },
  {
    name: "baseline",
    value: "NAME",
    help: "Server that the others are compared with (the first one)",
    group: "Comparing",
  },
  {
    name: "assert",
    value: "TEXT",
    repeatable: true,
    help: "What must hold, such as 'latency.p99 < 5ms' or 'ws.throughput.rate > 50k'",
    group: "Comparing",
  },
  {
    name: "abort-on",
    value: "TEXT",
    repeatable: true,
    help: "End the run as soon as one trial shows it, such as 'latency.p99 > 1s'",
    group: "Comparing",
  },
  {
    name: "config",
    value: "FILE",
    help:
      "Options as a module or JSON; command-line options override it (wsmark.config.ts or .json)",
    group: "Advanced",
  },
  {
    name: "no-config",
    help: "Read no configuration unless --config names one",
    group: "Advanced",
  },
  {
    name: "seed",
    value: "N",
    help: "Seed of the order of the trials (random, recorded)",
    group: "Advanced",
  },
  {
    name: "order",
    value: "NAME",
    help: "Order of a round: blocks, the servers of a case back to back, or shuffled (blocks)",
    group: "Advanced",
  },
  {
    name: "samples",
    value: "N",
    help: "Individual latencies kept per trial (100)",
    group: "Advanced",
  },
  {
    name: "engine",
    value: "NAME",
    help: "What carries the bytes of the wire client: epoll, uring, tcp or auto (auto)",
    group: "Advanced",
  },
  {
    name: "source",
    value: "A,B",
    help: "Local addresses that connections come from, where ports run out: 127.0.0.2,127.0.0.3",
    group: "Advanced",
  },
  {
    name: "generators",
    value: "N|auto",
    help:
      "Client processes that share the connections (1); auto adds some until they could drive 1.5 × the fastest server",
    group: "Advanced",
  },
  ...agentOptions,
  {
    name: "cpus",
    value: "SIDE=LIST",
    more: /^(server|generator)=/,
    repeatable: true,
    help: "CPUs of server and client: server=0-3 generator=4-7 (half of the cores each)",
    group: "Advanced",
  },
  { name: "no-pin", help: "Do not pin server and client to separate CPUs", group: "Advanced" },
  {
    name: "no-ceiling",
    help: "Do not measure what the client reaches at most, which saves three trials a case",
    group: "Advanced",
  },
];

/** Every profile with its length, for the help. */
export const profileHelp: string = profiles.map(({ id, title, rounds, durationMs }) =>
  `${id} (${title}: ${rounds} × ${durationMs / 1000} s${
    id === DEFAULT_PROFILE ? ", the default" : ""
  })`
).join(", ");
