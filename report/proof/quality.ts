/** What a result may be quoted for, and what the measurement was worth: sentences for its proof. */

import { aggregate } from "../../measure/judge/aggregate.ts";
import { soundTrials } from "../../measure/judge/verdicts.ts";
import {
  type CompletedTrial,
  FACTS,
  type HistogramName,
  isMeasured,
  type Result,
  type ScenarioDescription,
  type Warning,
} from "../../measure/model/result.ts";
import { decodeHistogram } from "../../measure/record/hdr.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import { CEILING_SHARE } from "../../measure/warnings/warnings.ts";
import { summaryOf } from "../summary/summary.ts";
import { formatNumber, listed, oneLine } from "../summary/text.ts";

/** With fewer rounds there is no interval. */
const FEWEST_ROUNDS = 5;
/** In which part of the trials of a server in a scenario a warning says that its figures are not its own. */
const MOST = 0.5;

/** Warnings for which a figure is more of the client or of the machine than of the server. */
const NOT_ITS_OWN: { readonly [kind in Warning["kind"]]?: string } = {
  "generator saturated": "the client was saturated",
  "near the ceiling": "the client was near its own ceiling",
  "rate not reached": "the arrival rate was not reached",
  "late sends": "messages were sent late",
  "disturbed": "other programs had the CPU",
  "stolen time": "the hypervisor took the CPU",
  "window held up": "the client stood still",
};

/** What the measurement was worth, a sentence each. */
export function qualityOf(result: Result): string[] {
  const { light } = summaryOf(result).answer;
  const completed = result.trials.filter((one): one is CompletedTrial => one.state === "completed");
  return [
    `${light.title}: ${light.reasons.map(oneLine).join(" ")}`,
    ceilingLine(completed),
    ...pacingLine(completed),
    waitLine(completed),
    verifiedLine(result),
  ];
}

function ceilingLine(trials: readonly CompletedTrial[]): string {
  const shares = trials.flatMap(({ warnings }) =>
    warnings.flatMap((one) => one.kind === "near the ceiling" ? [one.share] : [])
  );
  const most = largest(shares, 0);
  return most === 0
    ? `No rate came within ${
      CEILING_SHARE * 100
    } % of the ceiling of the generator, as far as that was measured.`
    : `Rates came up to ${percent(most)} of the ceiling of the generator.`;
}

function pacingLine(trials: readonly CompletedTrial[]): string[] {
  const names: readonly HistogramName[] = ["ownPacingError", "pacingError"];
  const worst = trials.flatMap(({ histograms }) => {
    const encoded = names.map((name) => histograms[name]).find((one) => one !== undefined);
    return encoded === undefined ? [] : [decodeHistogram(encoded).percentile(99) / 1e6];
  });
  if (worst.length === 0) return [];
  return [
    `Of messages by a schedule 99 % were sent at most ${
      formatNumber(largest(worst))
    } ms late in the worst trial.`,
  ];
}

function waitLine(trials: readonly CompletedTrial[]): string {
  const most = (pick: (noise: CompletedTrial["noise"]) => unknown): string => {
    const shares = trials.map(({ noise }) => pick(noise)).filter((one) => typeof one === "number");
    return shares.length === 0 ? "an unknown part" : percent(largest(shares));
  };
  return `In the worst trial the server waited for a CPU in ${
    most((noise) => noise?.serverWait)
  } of the window, the ` +
    `client in ${most((noise) => noise?.generatorWait)}, and the hypervisor took ${
      most((noise) => noise?.stolen)
    }.`;
}

function verifiedLine({ machine }: Result): string {
  const { group, name } = FACTS.verified;
  const value = machine.find((one) => one.group === group && one.name === name)?.value;
  if (typeof value === "string") return `The instrument was checked by verify: ${oneLine(value)}.`;
  const why = typeof value === "object" ? value.absent : "it is not recorded";
  return `Whether the instrument is right on this machine was not checked by verify: ${
    oneLine(why)
  }.`;
}

/** What a result may be quoted for. */
export interface Quotable {
  /** A sentence for each scenario. */
  readonly yes: readonly string[];
  /** What it may not be quoted for, with the reason, a sentence each. */
  readonly no: readonly string[];
}

/** Says for each scenario of a run that can be relied on which figures may be quoted, how exact they are, and which not. */
export function quotableOf(result: Result): Quotable {
  const { light } = summaryOf(result).answer;
  if (light.colour === "red") return { yes: [], no: [] };
  const all = result.scenarios.map((scenario) => ofScenario(result, scenario));
  return { yes: all.flatMap(({ yes }) => yes), no: all.flatMap(({ no }) => no) };
}

function ofScenario(result: Result, scenario: ScenarioDescription): Quotable {
  const no: string[] = [];
  const fine: string[] = [];
  let widest = 0;
  for (const { id, title } of result.servers) {
    const reason = reasonAgainst(result, scenario, id);
    if (reason !== undefined) {
      no.push(`${oneLine(scenario.title)} of ${oneLine(title)}: ${reason}.`);
      continue;
    }
    fine.push(oneLine(title));
    for (const one of scenario.cases) {
      const sound = soundTrials(result.trials, scenario.id, one.id, id);
      if ("absent" in sound) continue;
      const { value, interval } = aggregate(sound, scenario.metrics[0]!);
      if (!isMeasured(value) || interval === undefined) continue;
      widest = Math.max(widest, (interval.high - interval.low) / 2 / value);
    }
  }
  const [metric] = scenario.metrics;
  const yes = fine.length === 0 ? [] : [
    `${oneLine(scenario.title)}: ${oneLine(metric!.title)} of ${listed(fine)}, within ±${
      percent(widest)
    } in the worst case.`,
  ];
  return { yes, no };
}

/** Why the figures of a server in a scenario may not be quoted, as a phrase. */
function reasonAgainst(
  { trials }: Result,
  { id: scenario }: ScenarioDescription,
  server: string,
): string | undefined {
  const own = trials.filter((one) =>
    one.round > 0 && one.scenario === scenario && one.server === server
  );
  const completed = own.filter((one) => one.state === "completed");
  if (own.length === 0) return "it was not run";
  if (completed.length < own.length) return "trials failed";
  const rounds = new Set(own.map(({ round }) => round)).size;
  if (rounds < FEWEST_ROUNDS) return `${rounds} rounds give no interval: it takes ${FEWEST_ROUNDS}`;
  if (completed.some(({ warnings }) => warnings.some(({ kind }) => kind === "wrong replies"))) {
    return "replies were wrong";
  }
  for (const [kind, words] of Object.entries(NOT_ITS_OWN)) {
    const share = completed.filter(({ warnings }) => warnings.some((one) => one.kind === kind))
      .length / completed.length;
    if (share > MOST) return `${words} in ${percent(share)} of the trials`;
  }
  return undefined;
}

function percent(share: number): string {
  return `${formatNumber(share * 100)} %`;
}
