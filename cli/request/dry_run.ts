/** The plan of a run as text, for those who want to know it before anything is started. */

import {
  aroundMs,
  CONNECTION_MS,
  estimateMs,
  OVERHEAD_MS,
  windowMs,
} from "../../bench/plan/estimate.ts";
import {
  explainingEstimateMs,
  explainingTrials,
  explainingWindowMs,
} from "../../bench/plan/explaining.ts";
import { SEARCH_WINDOWS } from "../../bench/generator/search/windows.ts";
import { mostGenerators } from "../../bench/plan/generators.ts";
import type { RunPlan } from "../../bench/plan/options.ts";
import { wrap } from "../../report/summary/wrap.ts";
import { agentLines } from "./agents_text.ts";
import { decisionLines, untilInWords } from "./until.ts";

/**
 * What is compared, how many trials that makes, how long they take, and what is left out.
 *
 * @param width columns; longer lines are broken
 */
export function planText(plan: RunPlan, width: number = Infinity): string {
  const { contenders, scenarios, settings, leftOut } = plan;
  const { rounds, warmupMs, durationMs, profile, seed } = settings;
  const rows = (title: string, lines: readonly string[]): string[] =>
    lines.flatMap((line) => broken(line, width - WIDTH))
      .map((line, index) => (index === 0 ? title : "").padEnd(WIDTH) + line);
  return [
    ...rows("Servers", contenders.map(({ server, client }) => `${server.id}, client ${client}`)),
    ...rows(
      "Scenarios",
      scenarios.flatMap(({ scenario, cases }) =>
        cases.flatMap(({ title, about }) => [
          `${scenario.id}: ${title || "its only case"}`,
          ...about === undefined ? [] : [`  ${about}`],
        ])
      ),
    ),
    ...rows("Agents", agentLines(plan)),
    ...rows("Generators", generatorLines(plan)),
    ...rows("Rounds", [
      `${rounds}${untilInWords(plan)}, each trial with ${
        seconds(warmupMs)
      } of warm-up and a window of ` +
      `${seconds(durationMs)} (profile ${profile}, seed ${seed})`,
      ...decisionLines(plan),
    ]),
    ...rows("Order", [ORDER_WORDS[settings.order ?? "shuffled"]]),
    ...rows("Trials", trialsOf(plan)),
    ...rows("Time", timeOf(plan)),
    ...rows("Left out", leftOut.map(({ title, reason }) => `${title}: ${reason}`)),
    "Nothing was started or written.",
  ].join("\n");
}

/** How many generators there are, unless it is one. */
function generatorLines({ settings, findsGenerators }: RunPlan): string[] {
  const { agents, generators } = settings;
  if (findsGenerators) {
    const most = mostGenerators(settings);
    return [
      most === 1
        ? "1, as there is 1 CPU for them"
        : `from 1 to ${most}, found by short windows before the first trial (--generators auto)`,
    ];
  }
  return agents !== undefined || generators === 1 ? [] : [String(generators)];
}

const ORDER_WORDS = {
  blocks: "the servers of a case back to back, in an order of its own for each round",
  shuffled: "all trials of a round shuffled over one another",
};

const WIDTH = 14;
const HANG = "  ";

/** A line that is not longer than it may be; what follows is indented. */
function broken(line: string, width: number): string[] {
  const [lead] = /^ */.exec(line)!;
  const [first = "", ...rest] = wrap(line.slice(lead.length), width - lead.length - HANG.length);
  return [lead + first, ...rest.map((part) => lead + HANG + part)];
}

function trialsOf(plan: RunPlan): string[] {
  const { contenders, scenarios, settings, trials, reference } = plan;
  const cases = scenarios.reduce((sum, scenario) => sum + scenario.cases.length, 0);
  const before = trials.filter(({ round }) => round === 0);
  const ceilings = before.filter(({ server }) => server.id === reference?.server.id).length;
  const loops = before.length - ceilings;
  const factors = [
    counted(contenders.length, "server"),
    counted(cases, "case"),
    counted(settings.rounds, "round"),
  ];
  const inRounds = trials.length - before.length;
  const missing = contenders.length * cases * settings.rounds - inRounds;
  const line = (count: number, what: string): string[] =>
    count === 0 ? [] : [`${inWords(count)} ${what}`];
  return [
    `${inWords(trials.length)} in all`,
    ...line(
      inRounds,
      `in the rounds: ${factors.join(" × ")}` +
        (missing === 0 ? "" : `, without the ${inWords(missing)} that are left out`),
    ),
    ...line(ceilings, "before them for the ceiling of the generator"),
    ...(settings.ceiling === false ? ["none for the ceiling of the generator (--no-ceiling)"] : []),
    ...line(loops, "before them to find arrival rates"),
    ...(settings.explain ? [explainingLine(plan)] : []),
  ];
}

/** The trials that tell why, which are not among all. */
function explainingLine(plan: RunPlan): string {
  const { length } = explainingTrials(plan);
  return length === 0
    ? "none more to tell why (--explain): searches are not explained"
    : `${inWords(length)} more after them to tell why, not scored, each with a window of ` +
      `${seconds(explainingWindowMs(plan.settings))} (--explain)`;
}

function timeOf(plan: RunPlan): string[] {
  const { settings, trials, scenarios } = plan;
  const { warmupMs, durationMs } = settings;
  const trialsMs = estimateMs({ settings, trials });
  const explainingMs = explainingEstimateMs(plan);
  return [
    `about ${duration(trialsMs + explainingMs + aroundMs({ trials }))}${
      settings.until === undefined ? "" : " at most"
    }: the trials ${duration(trialsMs)}, ${
      explainingMs > 0 ? `those that tell why ${duration(explainingMs)}, ` : ""
    }the rest to begin and for all reports`,
    `a trial: ${seconds(warmupMs)} + ${seconds(durationMs)} + ${seconds(OVERHEAD_MS)} to start, ` +
    `drain and stop + ${CONNECTION_MS} ms for each connection, as measured with servers in ` +
    "TypeScript; others start more slowly",
    ...scenarios.flatMap(({ scenario, cases }) => {
      const lengths = cases.map(({ parameters }) => windowMs(scenario, parameters, settings));
      const others = [...new Set(lengths)].filter((ms) => ms !== durationMs);
      return others.length === 0
        ? []
        : [`${scenario.id}: a window of ${others.map(seconds).join(", ")}`];
    }),
    ...scenarios.flatMap(({ scenario: { id, search } }) =>
      search === undefined ? [] : [
        `${id}: some ${
          SEARCH_WINDOWS[search]
        } windows more, fewer or many more as the server has it`,
      ]
    ),
  ];
}

function counted(count: number, noun: string): string {
  return `${inWords(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function inWords(count: number): string {
  return count.toLocaleString("en-US");
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}

/** A time as precise as an estimate: `40 s`, `5 min`, `1 h 20 min`. */
export function duration(ms: number): string {
  const s = Math.max(1, Math.round(ms / 1000));
  if (s < 90) return `${s} s`;
  const minutes = Math.round(s / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}
