/** What a run does not show, whatever its figures are. */

import type { Agent, Result, ScenarioDescription } from "../../measure/model/result.ts";
import { NOISE } from "../../measure/judge/judge.ts";
import { roundsRun } from "./lines.ts";
import { counted, formatNumber, listed, oneLine } from "./text.ts";

/** What a reader must not conclude from the run; each item is one or two sentences. */
export function limitsOf(result: Result): string[] {
  const { settings, scenarios, servers, state } = result;
  const isComparison = servers.length > 1;
  const closed = scenarios.filter(isClosedLoop).map(({ title }) => oneLine(title));
  return [
    ...(state === "finished"
      ? []
      : isComparison
      ? ["The run was stopped before its end: its servers may have unequal numbers of rounds."]
      : ["The run was stopped before its end: its cases may have unequal numbers of rounds."]),
    ...placesOf(result),
    "The figures hold for this machine, these versions and these settings. What another machine would give was not measured.",
    `${isComparison ? "Each server" : "The server"} ran ${
      counted(roundsRun(result), "window")
    } of ${settings.durationMs / 1000} s or more in each case, after ${
      settings.warmupMs / 1000
    } s of warm-up. Nothing is known of what takes longer to show: leaks, full garbage collections, later compilation.`,
    "A stall that comes less than once in a window is missing in most windows, and so in their percentiles: the longest times are in the detail.",
    ...(closed.length === 0 ? [] : [
      `A closed loop hides stalls, as a client that waits for a reply sends nothing meanwhile: the latency of ${
        listed(closed)
      } is not what a user waits when messages arrive by themselves.`,
    ]),
    ...(isComparison
      ? [
        `Servers that are not told apart may differ: the interval says by how much. Differences up to ${
          formatNumber(NOISE * 100, 0)
        } % are never claimed.`,
      ]
      : []),
    `${
      isComparison ? "The servers do" : "The server does"
    } the least that a message asks for. What an application does with one may outweigh ${
      isComparison ? "every difference here" : "what was measured here"
    }.`,
  ];
}

/** What the places of server and client mean for the figures. */
function placesOf({ settings, agents, serverAgent }: Result): string[] {
  const isApart = ({ host, isHere }: Agent): boolean =>
    serverAgent === undefined ? !isHere : host !== serverAgent.host;
  if (agents?.some(isApart)) {
    return [
      "The load came over a network from other machines: what that adds is in every latency, and nothing tells it from the server.",
      "How the agents' networks differ is not known: compare the shares of the agents before you blame the server.",
    ];
  }
  const together = agents === undefined && !("absent" in settings.pinning)
    ? "Server and client ran on CPUs of their own, but of one machine: they share its memory, and may share caches"
    : "Server and client ran on the same CPUs";
  return [
    "There was no network: server and client talk over the loopback interface. What a network adds or hides is not here.",
    `${together}. Whatever else ran on it or beside it is in the figures, too.`,
  ];
}

/** Whether the latency of a scenario is the service time of messages that wait for one another. */
function isClosedLoop({ metrics }: ScenarioDescription): boolean {
  const histograms = metrics.map(({ pooled }) => pooled?.histogram);
  return histograms.includes("serviceTime") && !histograms.includes("responseTime");
}
