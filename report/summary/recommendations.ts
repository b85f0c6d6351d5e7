/** Which server a run recommends for a use: only one that is shown to be ahead of every other and behind none. */

import type {
  CaseDescription,
  Result,
  ScenarioDescription,
  ServerDescription,
} from "../../measure/model/result.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import type { Aspect } from "../../measure/judge/verdicts.ts";
import { type Pairing, pairings, pairInWords } from "./pairings.ts";
import { findings } from "./findings.ts";
import { standings } from "./standings.ts";
import { capitalized, counted, formatNumber, listed, oneLine } from "./text.ts";
import { reasonsOf } from "./verdicts.ts";

/** What the run recommends for one use. */
export interface Recommendation {
  /** Name in links. */
  readonly id: string;
  /** What the user wants, for example `Lowest latency`. */
  readonly title: string;
  /** Undefined if the verdicts support no server. */
  readonly server: ServerDescription | undefined;
  readonly answer: string;
  /** The evidence, a sentence each. */
  readonly reasons: readonly string[];
  /** What was compared, as a sentence; undefined if nothing was. */
  readonly basis: string | undefined;
  /** What must not be read into it, a sentence each. */
  readonly caveats: readonly string[];
}

/** A case that counts for a use. */
interface Base {
  readonly scenario: ScenarioDescription;
  readonly case: CaseDescription;
}

interface Use {
  readonly id: string;
  readonly title: string;
  readonly aspect: Aspect;
  readonly counts: (base: Base) => boolean;
  readonly caveat?: (result: Result) => string;
}

const isOf = (...ids: readonly string[]) => ({ scenario }: Base): boolean =>
  ids.includes(scenario.id);

function mostConnections({ trials }: Result): number {
  return largest(trials.map((one) => one.state === "completed" ? one.counts.connections : 0), 0);
}

/** The case of a scenario that has more connections than its others. */
function isWidest({ scenario: { cases }, case: one }: Base): boolean {
  const { connections = 0 } = one.parameters;
  return cases.length > 1 &&
    cases.every((other) => other === one || (other.parameters.connections ?? 0) < connections);
}

const USES: readonly Use[] = [
  {
    id: "latency",
    title: "Lowest latency",
    aspect: "primary",
    counts: isOf("latency", "rate"),
    caveat: () =>
      "There is no network in these times, which adds its own to those of every server.",
  },
  {
    id: "messages",
    title: "Most messages",
    aspect: "primary",
    counts: isOf("throughput", "scalability", "capacity"),
  },
  {
    id: "connections",
    title: "Many connections",
    aspect: "primary",
    counts: (base) =>
      base.scenario.id === "connect" ||
      base.scenario.id === "scalability" && isWidest(base),
    caveat: (result) =>
      `How many connections a server can hold was not tried: the run had at most ${
        formatNumber(mostConnections(result), 0)
      } at once.`,
  },
  {
    id: "memory",
    title: "Least memory per connection",
    aspect: "primary",
    counts: isOf("idle"),
    caveat: () => "The connections were silent: what busy ones need was not measured.",
  },
  { id: "cpu", title: "Least CPU time", aspect: "cpu", counts: () => true },
];

/** What the run recommends for each use. */
export function recommendations(result: Result): Recommendation[] {
  const compare = pairings(result);
  return USES.map((use) => recommend(result, use, compare));
}

function recommend(
  result: Result,
  use: Use,
  compare: ReturnType<typeof pairings>,
): Recommendation {
  const { id, title, aspect } = use;
  const bases = result.scenarios.flatMap((scenario) =>
    scenario.cases.map((one) => ({ scenario, case: one }))
  ).filter(use.counts);
  const between = (one: ServerDescription, other: ServerDescription): Pairing[] =>
    compare(one, other).filter(({ verdict }) =>
      verdict.aspect === aspect &&
      bases.some((base) => base.scenario === verdict.scenario && base.case === verdict.case)
    );
  const { sound, faults } = soundServers(result, bases);
  const open = { id, title, server: undefined, reasons: faults, caveats: [], basis: undefined };
  if (bases.length === 0) {
    return { ...open, answer: "The run has no case that shows it.", reasons: [] };
  }
  const [first, second] = sound;
  if (first === undefined || second === undefined) {
    const answer = result.servers.length < 2
      ? "The run has no two servers to compare."
      : "No two servers have figures that count in all cases of it.";
    return { ...open, answer };
  }
  if (between(first, second).length === 0) {
    return { ...open, answer: "The run has no figure that shows it.", reasons: [] };
  }
  const common = {
    ...open,
    basis: basisOf(between(first, second)),
    caveats: [...use.caveat === undefined ? [] : [use.caveat(result)], ...warned(result, bases)],
  };
  const isAhead = (one: ServerDescription, other: ServerDescription): boolean => {
    const outcomes = between(one, other).map(({ stand }) => stand);
    return outcomes.includes("ahead") && !outcomes.includes("behind");
  };
  const rivals = (one: ServerDescription): ServerDescription[] =>
    sound.filter((other) => other !== one);
  const winner = sound.find((one) => rivals(one).every((other) => isAhead(one, other)));
  if (winner !== undefined) {
    const reasons = rivals(winner).map((other) =>
      pairInWords(winner, other, between(winner, other))
    );
    const answer = `${oneLine(winner.title)}.`;
    return { ...common, server: winner, answer, reasons: [...reasons, ...faults] };
  }
  const leading = sound.filter((one) => !rivals(one).some((other) => isAhead(other, one)));
  const front = leading.length < 2 ? sound : leading;
  const behind = sound.filter((one) => !front.includes(one));
  const pairs = front.flatMap((one, index) =>
    front.slice(index + 1).map((other) => ({ one, other, found: between(one, other) }))
  );
  const all = pairs.flatMap(({ found }) => found);
  const reasons = all.every(({ stand }) => stand === "not compared")
    ? [`${capitalized(reasonsOf(all.map(({ verdict }) => verdict)))}.`]
    : [
      ...pairs.map(({ one, other, found }) => pairInWords(one, other, found)),
      ...behind.flatMap((one) =>
        front.filter((other) => isAhead(other, one))
          .map((other) => pairInWords(one, other, between(one, other)))
      ),
    ];
  return { ...common, answer: answerOf(front, all), reasons: [...reasons, ...faults] };
}

/** Servers that replied correctly and completed a trial in every case, and what is wrong with the others. */
function soundServers(
  result: Result,
  bases: readonly Base[],
): { sound: ServerDescription[]; faults: string[] } {
  const found = bases.flatMap((base) =>
    standings(result, base.scenario.id, base.case.id).map((standing) => ({ base, standing }))
  );
  const faults = found.filter(({ standing }) => standing.completed.length === 0 || standing.mark);
  const sound = result.servers.filter((server) =>
    !faults.some(({ standing }) => standing.server === server)
  );
  const byServer = Map.groupBy(faults, ({ standing }) => standing.server);
  return {
    sound,
    faults: [...byServer].map(([{ title }, [first, ...more]]) => {
      const { base, standing } = first!;
      const others = more.length === 0 ? "" : `; ${counted(more.length, "more case")} likewise`;
      return `${oneLine(title)} is left out: ${standing.reason} (${oneLine(base.scenario.title)}, ${
        oneLine(base.case.title)
      }${others}).`;
    }),
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
    return `${title[0]!.toLowerCase()}${title.slice(1)} (${[...scenarios].join(", ")})`;
  });
  return `By ${listed(metrics)}, in ${counted(found.length, "case")}.`;
}

function answerOf(front: readonly ServerDescription[], found: readonly Pairing[]): string {
  const titles = front.map(({ title }) => oneLine(title));
  const outcomes = new Set(found.map(({ stand }) => stand));
  return outcomes.has("ahead") || outcomes.has("behind")
    ? `It depends on the case; the run singles out none of ${listed(titles)}.`
    : `The run does not tell ${listed(titles)} apart.`;
}
