/**
 * Which server a run recommends for a use: only one that is shown to be ahead of every other and behind none, and that
 * is not much worse in what the mean hides.
 */

import { aggregate } from "../../../measure/judge/aggregate.ts";
import { cpuMetricOf, nameOf } from "../../../measure/judge/verdicts.ts";
import {
  type CaseDescription,
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
  type ServerDescription,
} from "../../../measure/model/result.ts";
import { findings } from "../findings.ts";
import { type ClientLimit, clientLimits, limitSentence } from "./client_limit.ts";
import { type Pairing, pairings, pairInWords, type Stand } from "./pairings.ts";
import { breaksIntegrity, standings, wrongServers } from "../standings.ts";
import { capitalized, counted, figureWithUnit, listed, oneLine, uncapitalized } from "../text.ts";
import { type Base, foremost, type Use, usesOf } from "./uses.ts";
import { reasonsOf } from "../verdicts.ts";
import { type Veto, vetoes } from "./vetoes.ts";

/** How sure a recommendation is. */
export type Sure =
  /** The server is clearly ahead of every other one in some case, and behind none in any. */
  | "sure"
  /** The same, but for some of them only probably; or the only one of equals that nothing speaks against. */
  | "probably"
  /** Some servers may be equally good. */
  | "not told apart"
  /** Some are ahead in some cases and behind in others. */
  | "depends on the case"
  /** Nothing could be compared. */
  | "not compared";

/** A figure in words. */
export interface ServerFigure {
  /** Title of the server. */
  readonly server: string;
  /** With its unit: `1.41 ms`. */
  readonly text: string;
}

/** What the run recommends for one use. */
export interface Recommendation {
  /** Name in links. */
  readonly id: string;
  /** What the user wants, for example `Least latency under load`. */
  readonly title: string;
  /** The servers to take: one, or those that the run does not tell apart; empty if it supports none. */
  readonly servers: readonly ServerDescription[];
  readonly sure: Sure;
  /** In how many of several cases a single server is ahead of all others; undefined if there are not several. */
  readonly extent: { readonly won: number; readonly of: number } | undefined;
  /** The figures of some servers, those to take first; empty if there are none. */
  readonly figures: readonly ServerFigure[];
  /** What the figures are: `response time p99, 64 connections, 64 B`; empty if there are none. */
  readonly metric: string;
  /** Id of the scenario that the figures are from; undefined if there are none. */
  readonly scenario: string | undefined;
  /** What speaks against servers that would lead otherwise. */
  readonly vetoes: readonly Veto[];
  /** Where the client was the limit for several servers, so that their CPU time per message decides. */
  readonly limits: readonly ClientLimit[];
  /** The servers to take and how sure that is, as a sentence. */
  readonly answer: string;
  /** The evidence, a sentence each. */
  readonly reasons: readonly string[];
  /** What was compared, as a sentence; undefined if nothing was. */
  readonly basis: string | undefined;
  /** What must not be read into it, a sentence each. */
  readonly caveats: readonly string[];
}

/** So many servers have their figures named. */
const MOST_FIGURES = 3;

/** What the run recommends for each use. */
export function recommendations(result: Result): Recommendation[] {
  const compare = pairings(result);
  return usesOf(result).map((use) => recommend(result, use, compare));
}

function recommend(
  result: Result,
  use: Use,
  compare: ReturnType<typeof pairings>,
): Recommendation {
  const { id, title, aspect, bases, caveat } = use;
  const { sound, faults } = soundServers(result, bases);
  const limits = aspect === "primary" ? clientLimits(result, bases, sound) : [];
  const between = (one: ServerDescription, other: ServerDescription): Pairing[] =>
    bases.flatMap((base) => {
      const isLimited = limits.some(({ base: where, servers }) =>
        where === base && servers.includes(one) && servers.includes(other)
      );
      return compare(one, other).filter(({ verdict }) =>
        verdict.aspect === (isLimited ? "cpu" : aspect) &&
        base.scenario === verdict.scenario && base.case === verdict.case
      );
    });
  const open = {
    id,
    title,
    servers: [],
    sure: "not compared",
    extent: undefined,
    ...inWords(rank(result, shownOf(bases, aspect), sound)),
    vetoes: [],
    limits: [],
    reasons: faults,
    basis: undefined,
    caveats: [],
  } as const satisfies Partial<Recommendation>;
  if (bases.length === 0) {
    return { ...open, answer: "The run has no case that shows it.", reasons: [] };
  }
  const [one, other] = sound;
  if (one === undefined || other === undefined) {
    const answer = result.servers.length < 2
      ? "The run has no two servers to compare."
      : "No two servers have figures that count in all cases of it.";
    return { ...open, answer };
  }
  if (between(one, other).length === 0) {
    return { ...open, answer: "The run has no figure that shows it.", reasons: [] };
  }
  const standsOf = (one: ServerDescription, other: ServerDescription): Stand[] =>
    between(one, other).map(({ stand }) => stand);
  const refused = aspect === "primary" ? vetoes(result, bases, sound) : [];
  const { rivals, hidden, servers: chosen, sure } = chooseFit(sound, refused, standsOf);
  const won = wonCases(use, chosen, sure, rivals, between);
  const shown = shownOf(won.length === 0 ? bases : won, aspect);
  // Rates that the client limits would rank what they do not show.
  const limit = limits.find(({ base, servers }) =>
    base.case === shown?.case && chosen.length > 0 &&
    chosen.every((server) => servers.includes(server))
  );
  const ranking = rank(result, shown, sound);
  const figures = limit === undefined
    ? ranking
    : rank(result, { ...limit.base, metric: cpuMetricOf(limit.base.scenario)! }, limit.servers);
  const ranked = ranking?.ranks.map(({ server }) => server) ?? [];
  const servers = chosen.toSorted((a, b) => ranked.indexOf(a) - ranked.indexOf(b));
  // What is said against servers that would not lead decides nothing, unless a single one is left.
  const first = servers.length < 2 ? Infinity : ranked.indexOf(servers[0]!);
  const leading = hidden.filter(({ server }) => ranked.indexOf(server) < first);
  return {
    ...open,
    ...inWords(figures, servers),
    servers,
    sure,
    extent: won.length > 0 && bases.length > 1
      ? { won: won.length, of: between(one, other).length }
      : undefined,
    vetoes: leading,
    limits,
    answer: answerOf(servers, sure),
    basis: basisOf(between(one, other)),
    reasons: [
      ...hidden.map(vetoSentence),
      ...limits.map(limitSentence),
      ...reasonsFor(servers, sound, between),
      ...faults,
    ],
    caveats: [...caveat === undefined ? [] : [caveat], ...warned(result, bases)],
  };
}

/** The choice among servers that nothing speaks against, after those that would have been chosen are taken away. */
function chooseFit(
  sound: readonly ServerDescription[],
  refused: readonly Veto[],
  standsOf: (one: ServerDescription, other: ServerDescription) => readonly Stand[],
): Pick<Recommendation, "servers" | "sure"> & {
  /** Among which servers it is. */
  readonly rivals: readonly ServerDescription[];
  /** What speaks against those that were taken away. */
  readonly hidden: readonly Veto[];
} {
  const hidden: Veto[] = [];
  for (let rivals = sound;;) {
    const choice = choose(rivals, standsOf);
    const against = refused.filter(({ server }) => choice.servers.includes(server));
    if (against.length === 0) {
      // If only one is left, nothing but the vetoes of the others is known to its advantage.
      const sure = rivals.length === 1 ? "probably" : choice.sure;
      return { ...choice, sure, rivals, hidden };
    }
    for (const veto of against) hidden.push(veto);
    rivals = rivals.filter((server) => !against.some((veto) => veto.server === server));
    if (rivals.length === 0) return { servers: [], sure: "depends on the case", rivals, hidden };
  }
}

/** The servers that are ahead of all others, or that no other is ahead of, and how sure that is. */
function choose(
  servers: readonly ServerDescription[],
  standsOf: (one: ServerDescription, other: ServerDescription) => readonly Stand[],
): Pick<Recommendation, "servers" | "sure"> {
  const [only, ...more] = servers;
  if (only !== undefined && more.length === 0) return { servers: [only], sure: "sure" };
  const isAhead = (one: ServerDescription, other: ServerDescription, some: boolean): boolean => {
    const stands = standsOf(one, other);
    const isBehind = stands.some((stand) => stand === "behind" || stand === "probably behind");
    return !isBehind &&
      stands.some((stand) => stand === "ahead" || some && stand === "probably ahead");
  };
  const rivals = (one: ServerDescription): ServerDescription[] =>
    servers.filter((other) => other !== one);
  for (const [sure, some] of [["sure", false], ["probably", true]] as const) {
    const winner = servers.find((one) => rivals(one).every((other) => isAhead(one, other, some)));
    if (winner !== undefined) return { servers: [winner], sure };
  }
  const leading = servers.filter((one) => !rivals(one).some((other) => isAhead(other, one, false)));
  const front = leading.length === 1
    ? servers.filter((one) => one === leading[0] || !isAhead(leading[0]!, one, false))
    : leading.length === 0
    ? servers
    : leading;
  const stands = new Set(
    front.flatMap((one, index) => front.slice(index + 1).flatMap((other) => standsOf(one, other))),
  );
  if (stands.size === 1 && stands.has("not compared")) return { servers: [], sure: "not compared" };
  const differ = (["ahead", "behind"] as const).some((stand) => stands.has(stand));
  return { servers: front, sure: differ ? "depends on the case" : "not told apart" };
}

/** The cases in which the one server to take is ahead of all others. */
function wonCases(
  { bases }: Use,
  servers: readonly ServerDescription[],
  sure: Sure,
  rivals: readonly ServerDescription[],
  between: (one: ServerDescription, other: ServerDescription) => readonly Pairing[],
): Base[] {
  const [winner] = servers;
  if (winner === undefined || sure !== "sure" && sure !== "probably") return [];
  const found = rivals.filter((other) => other !== winner)
    .flatMap((other) => between(winner, other));
  return bases.filter((base) => {
    const own = found.filter(({ verdict }) =>
      verdict.scenario === base.scenario && verdict.case === base.case
    );
    return own.length > 0 &&
      own.every(({ stand }) =>
        stand === "ahead" || sure === "probably" && stand === "probably ahead"
      );
  });
}

function answerOf(servers: readonly ServerDescription[], sure: Sure): string {
  const titles = servers.map(({ title }) => oneLine(title));
  switch (sure) {
    case "sure":
      return `${listed(titles)}: sure.`;
    case "probably":
      return `Probably ${listed(titles)}.`;
    case "not told apart":
      return `The run does not tell ${listed(titles)} apart.`;
    case "depends on the case":
      return titles.length === 0
        ? "Each server is much worse than another in something that counts."
        : `It depends on the case; the run singles out none of ${listed(titles)}.`;
    case "not compared":
      return "Nothing could be compared.";
  }
}

/** How those that are taken stand against one another and the others. */
function reasonsFor(
  servers: readonly ServerDescription[],
  sound: readonly ServerDescription[],
  between: (one: ServerDescription, other: ServerDescription) => Pairing[],
): string[] {
  const from = servers.length === 0 ? sound : servers;
  const pairs = from.flatMap((one, index) =>
    sound.filter((other) => other !== one && from.indexOf(other) < 0 || from.indexOf(other) > index)
      .map((other) => ({ one, other, found: between(one, other) }))
  );
  const all = pairs.flatMap(({ found }) => found);
  return all.every(({ stand }) => stand === "not compared")
    ? [`${capitalized(reasonsOf(all.map(({ verdict }) => verdict)))}.`]
    : pairs.map(({ one, other, found }) => pairInWords(one, other, found));
}

/** `Not Deno.serve: its p99 is 205 ms, that of ws 55.1 ms.` */
export function vetoSentence({ server, reason }: Veto): string {
  return `Not ${oneLine(server.title)}: ${reason}.`;
}

/** The figures of the case that represents some. */
interface Ranking {
  readonly scenario: ScenarioDescription;
  readonly case: CaseDescription;
  readonly metric: MetricDefinition;
  /** At least one, the best first. */
  readonly ranks: readonly { readonly server: ServerDescription; readonly value: number }[];
}

/** The figures of these servers; undefined if there are none. */
function rank(
  result: Result,
  shown: Omit<Ranking, "ranks"> | undefined,
  servers: readonly ServerDescription[],
): Ranking | undefined {
  if (shown === undefined) return undefined;
  const { scenario, case: one, metric } = shown;
  const sign = metric.better === "higher" ? -1 : 1;
  const ranks = standings(result, scenario.id, one.id).flatMap(({ server, trials }) => {
    const { value } = aggregate(trials, metric);
    return servers.includes(server) && isMeasured(value) ? [{ server, value }] : [];
  }).toSorted((a, b) => sign * (a.value - b.value));
  return ranks.length === 0 ? undefined : { ...shown, ranks };
}

/** The first figures, those of the servers to take before the others, and what they are. */
function inWords(
  ranking: Ranking | undefined,
  taken: readonly ServerDescription[] = [],
): Pick<Recommendation, "figures" | "metric" | "scenario"> {
  if (ranking === undefined) return { figures: [], metric: "", scenario: undefined };
  const { scenario, case: one, metric, ranks } = ranking;
  const isTaken = ({ server }: Ranking["ranks"][0]): boolean => taken.includes(server);
  return {
    figures: [...ranks.filter(isTaken), ...ranks.filter((one) => !isTaken(one))]
      .slice(0, MOST_FIGURES).map(({ server, value }) => (
        { server: oneLine(server.title), text: figureWithUnit(value, metric) }
      )),
    metric: `${nameOf({ ...metric, title: oneLine(metric.title) })}, ${oneLine(one.title)}`,
    scenario: scenario.id,
  };
}

/** The case whose figures are shown, with the metric; of CPU time that of the busiest scenario. */
function shownOf(
  bases: readonly Base[],
  aspect: Use["aspect"],
): Omit<Ranking, "ranks"> | undefined {
  const known = bases.flatMap(({ scenario, case: one }) => {
    const metric = aspect === "cpu" ? cpuMetricOf(scenario) : scenario.metrics[0];
    return metric === undefined ? [] : [{ scenario, case: one, metric }];
  });
  const { scenario, metric } = known.find((one) => one.scenario.id === "throughput") ??
    known[0] ?? {};
  if (scenario === undefined || metric === undefined) return undefined;
  const cases = known.filter((one) => one.scenario === scenario).map((one) => one.case);
  return { scenario, case: foremost({ cases })!, metric };
}

/**
 * Servers that completed a trial in every case, and replied correctly in all of the run: one that loses replies is
 * recommended for nothing. And what is wrong with the others.
 */
function soundServers(
  result: Result,
  bases: readonly Base[],
): { sound: ServerDescription[]; faults: string[] } {
  const found = bases.flatMap((base) =>
    standings(result, base.scenario.id, base.case.id).map((standing) => ({ base, standing }))
  );
  const faults = found.filter(({ standing }) => standing.completed.length === 0 || standing.mark);
  const isFaulty = (server: ServerDescription): boolean =>
    faults.some(({ standing }) => standing.server === server);
  const ids = wrongServers(result);
  const wrong = result.servers.filter((server) => !isFaulty(server) && ids.has(server.id));
  const sound = result.servers.filter((server) => !isFaulty(server) && !wrong.includes(server));
  const byServer = Map.groupBy(faults, ({ standing }) => standing.server);
  return {
    sound,
    faults: [
      ...wrong.map((server) =>
        `${oneLine(server.title)} is left out: it ${
          breaksIntegrity(server)
            ? oneLine(server.conformance!.integrity[0]!.what)
            : "replied wrongly in other cases"
        }.`
      ),
      ...[...byServer].map(([{ title }, [first, ...more]]) => {
        const { base, standing } = first!;
        const others = more.length === 0 ? "" : `; ${counted(more.length, "more case")} likewise`;
        return `${oneLine(title)} is left out: ${standing.reason} (${
          oneLine(base.scenario.title)
        }, ${oneLine(base.case.title)}${others}).`;
      }),
    ],
  };
}

/** A sentence if there are warnings about the measurement of these cases. */
function warned(result: Result, bases: readonly Base[]): string[] {
  const places = findings(result).flatMap(({ trials }) => trials);
  const scenarios = new Set(
    bases.filter((base) =>
      places.some((one) => one.scenario === base.scenario.id && one.case === base.case.id)
    ).map(({ scenario }) => oneLine(scenario.title)),
  );
  return scenarios.size === 0
    ? []
    : [`There are warnings about the measurement of ${listed([...scenarios])}: read them first.`];
}

function basisOf(found: readonly Pairing[]): string {
  const byMetric = Map.groupBy(found, ({ verdict: { metric } }) => oneLine(metric.title));
  const metrics = [...byMetric].map(([title, own]) => {
    const scenarios = new Set(own.map(({ verdict }) => oneLine(verdict.scenario.title)));
    return `${uncapitalized(title)} (${[...scenarios].join(", ")})`;
  });
  return `By ${listed(metrics)}, in ${counted(found.length, "case")}.`;
}
