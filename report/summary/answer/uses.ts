/** What people choose a server for, and which cases of a run show it: for a new use, add it to the list. */

import type {
  CaseDescription,
  Result,
  ScenarioDescription,
} from "../../../measure/model/result.ts";
import { largest } from "../../../measure/statistics/statistics.ts";
import type { Aspect } from "../../../measure/judge/verdicts.ts";
import { formatNumber } from "../text.ts";

/** A case that counts for a use. */
export interface Base {
  readonly scenario: ScenarioDescription;
  readonly case: CaseDescription;
}

/** What a server is chosen for. */
export interface Use {
  /** Name in links. */
  readonly id: string;
  /** What the user wants, for example `Least latency under load`. */
  readonly title: string;
  /** By what servers are compared for it. */
  readonly aspect: Aspect;
  /** The cases that show it; none if the run has no such case. */
  readonly bases: readonly Base[];
  /** What must not be read into it, a sentence; undefined if there is nothing. */
  readonly caveat: string | undefined;
}

interface Definition extends Pick<Use, "id" | "aspect"> {
  readonly title: string | ((bases: readonly Base[]) => string);
  /** Which of the cases of a run show it. */
  readonly bases: (all: readonly Base[]) => readonly Base[];
  readonly caveat?: string;
}

/** The cases of the first of these scenarios that the run has. */
const firstOf = (...ids: readonly string[]) => (all: readonly Base[]): readonly Base[] => {
  const id = ids.find((one) => all.some(({ scenario }) => scenario.id === one));
  return all.filter(({ scenario }) => scenario.id === id);
};

const connectionsOf = ({ case: { parameters } }: Base): number => parameters.connections ?? 0;

/** The case of a scenario that has more connections than its others. */
function widest(all: readonly Base[]): readonly Base[] {
  const own = firstOf("scalability")(all);
  const most = largest(own.map(connectionsOf), 0);
  const found = own.filter((base) => connectionsOf(base) === most);
  return own.length > 1 && found.length === 1 ? found : [];
}

const USES: readonly Definition[] = [
  {
    id: "latency",
    title: ([base]) => base?.scenario.id === "rate" ? "Least latency under load" : "Least latency",
    aspect: "primary",
    bases: firstOf("rate", "latency", "roundtrip"),
    caveat: "There is no network in these times, which adds its own to those of every server.",
  },
  {
    id: "messages",
    title: "Most messages",
    aspect: "primary",
    bases: (all) => [...firstOf("throughput")(all), ...firstOf("capacity")(all)],
  },
  {
    id: "connections",
    title: ([base]) => `${base ? formatNumber(connectionsOf(base), 0) : "Many"} busy connections`,
    aspect: "primary",
    bases: widest,
    caveat: "How many connections a server can hold was not tried.",
  },
  { id: "connect", title: "Fastest connects", aspect: "primary", bases: firstOf("connect") },
  { id: "cpu", title: "Least CPU time", aspect: "cpu", bases: (all) => all },
  {
    id: "memory",
    title: "Least memory",
    aspect: "primary",
    bases: firstOf("idle"),
    caveat: "The connections were silent: what busy ones need was not measured.",
  },
];

/** The uses with the cases of a run that show them. */
export function usesOf(result: Result): Use[] {
  const all = result.scenarios.flatMap((scenario) =>
    scenario.cases.map((one): Base => ({ scenario, case: one }))
  );
  return USES.map(({ id, title, aspect, bases, caveat }) => {
    const own = bases(all);
    return {
      id,
      title: typeof title === "string" ? title : title(own),
      aspect,
      bases: own,
      caveat,
    };
  });
}

/** The case that represents a scenario if there is room for only one: the one with the most load, else the first. */
export function foremost(
  { cases }: Pick<ScenarioDescription, "cases">,
): CaseDescription | undefined {
  const load = ({ parameters: { rate, concurrency, inFlight } }: CaseDescription): number =>
    rate ?? concurrency ?? Number(inFlight ?? 0);
  return cases.toSorted((a, b) => load(b) - load(a))[0];
}
