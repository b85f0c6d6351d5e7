/** The commands: a new one is a line here, the file with its name beside this one, and that with its name in `../actions/`. */

import type { Listed } from "../command.ts";

/** In the order of the help; the first is the default. */
export const commands: readonly Listed[] = [
  {
    name: "run",
    title: "Benchmarks servers and writes a workbook, a page, a report and all figures.",
  },
  {
    name: "resume",
    positionals: ["DIR"],
    title: "Continues a run that was stopped or killed: runs what is missing of its plan.",
  },
  {
    name: "report",
    positionals: ["DIR"],
    title: "Makes the reports of a run again, also of one that was killed.",
  },
  {
    name: "compare",
    positionals: ["OLD", "NEW"],
    title: "Compares two runs: what has become worse or better.",
  },
  {
    name: "history",
    positionals: ["[DIR…]"],
    title: "Shows how figures went over many runs: where they changed, and at which commit.",
  },
  {
    name: "bisect",
    positionals: ["GOOD", "BAD"],
    title: "Finds the commit at which a server became slower or faster.",
  },
  {
    name: "check",
    positionals: ["DIR"],
    title: "Says whether a result is whole, unchanged and sound, and what it may be quoted for.",
  },
  {
    name: "list",
    positionals: ["[NAME…]"],
    title: "Lists the servers, clients, protocols, scenarios, studies and profiles.",
  },
  {
    name: "plot",
    positionals: ["FILE"],
    title: "Draws latencies over time with their moving average, of a run or of any workbook.",
  },
  {
    name: "verify",
    title: "Drives servers whose truth is known, and shows expected against measured.",
  },
  {
    name: "conformance",
    title: "Tries whether servers or clients speak the protocol, case by case, and says what came.",
  },
  {
    name: "serve",
    title: "Starts the servers on known ports and prints their links; Ctrl-C stops them.",
  },
  {
    name: "setup",
    positionals: ["[WORD…]"],
    title: "Says what servers need that cannot be started here; with words, as go, builds it.",
  },
  {
    name: "doctor",
    title: "Says what this machine can and cannot measure, and how to mend it.",
  },
  {
    name: "completion",
    positionals: ["SHELL"],
    title: "Writes what bash, zsh or fish needs to complete wsmark's command lines.",
  },
  {
    name: "nats",
    title:
      "Starts NATS for agents on other machines, and prints what to type there; Ctrl-C stops it.",
  },
  {
    name: "agent",
    title: "Makes load on this machine for runs that are started on others (--agents).",
  },
  {
    name: "agents",
    title: "Lists the agents at a NATS: their machines, their load, and what their clocks show.",
  },
];
