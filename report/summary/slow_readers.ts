/** What each server does with clients that read late. */

import { type Policy, policyOf, type Rates } from "../../measure/warnings/backpressure.ts";
import {
  type CaseDescription,
  type CompletedTrial,
  type Figure,
  isMeasured,
  type Result,
  type ScenarioDescription,
} from "../../measure/model/result.ts";
import { median } from "../../measure/statistics/statistics.ts";
import { type Standing, standings } from "./standings.ts";
import { countFields, figureFields, type Table, tableOf, textFields } from "../tables/table.ts";
import { oneLine } from "./text.ts";

const MIB = 2 ** 20;

/** How a server treats clients that read late: medians of the rounds. */
export interface SlowReaders {
  readonly case: CaseDescription;
  readonly server: Standing["server"];
  readonly policy: Policy;
  /** Bytes that it took from each client. */
  readonly takenOfEach: number;
  /** When it took the last of them, in milliseconds since the window began; null if it took nothing. */
  readonly takenMs: number | null;
  /** Growth of its memory in the window, in bytes. */
  readonly growthBytes: Figure;
  /** Connections that it closed in all rounds together. */
  readonly closed: number;
  /** Replies per second to the other clients. */
  readonly rates: Rates;
}

type WithBulk = CompletedTrial & Required<Pick<CompletedTrial, "bulk">>;

/** How each server treats clients that read late, by case; empty for a scenario without such a case. */
export function slowReaders(result: Result, scenario: ScenarioDescription): SlowReaders[] {
  return scenario.cases.filter(({ parameters: { slow = 0 } }) => slow > 0).flatMap((one) => {
    const { slow, messages, ...rest } = one.parameters;
    const others = {
      alone: ratesIn(result, scenario, { ...rest, slow: 0 }),
      prompt: ratesIn(result, scenario, { ...rest, ...(messages && { messages }), prompt: slow! }),
    };
    return standings(result, scenario.id, one.id).flatMap(({ server, completed }) => {
      const trials = completed.filter((trial): trial is WithBulk => trial.bulk !== undefined);
      if (trials.length === 0) return [];
      const rates = {
        alone: others.alone.get(server.id),
        prompt: others.prompt.get(server.id),
        slow: rateOf(trials),
      };
      return [{ case: one, server, rates, ...figuresOf(trials, rates) }];
    });
  });
}

/** What a server does, as a sentence. */
export function policySentence({ server, policy }: SlowReaders): string {
  return `${oneLine(server.title)} ${policy.words}.`;
}

/** Replies per second by server, in the case that has these parameters and no others. */
function ratesIn(
  result: Result,
  { id, cases }: ScenarioDescription,
  wanted: CaseDescription["parameters"],
): Map<string, number> {
  const named = (parameters: object): string =>
    JSON.stringify(
      Object.entries(parameters).filter(([, value]) => value !== undefined)
        .toSorted(([a], [b]) => a < b ? -1 : 1),
    );
  const found = cases.find(({ parameters }) => named(parameters) === named(wanted));
  if (found === undefined) return new Map();
  return new Map(
    standings(result, id, found.id).filter(({ completed }) => completed.length > 0)
      .map(({ server, completed }) => [server.id, rateOf(completed)]),
  );
}

function rateOf(trials: readonly CompletedTrial[]): number {
  return median(trials.map(({ counts, phases }) => counts.replies / phases.windowMs * 1000));
}

function figuresOf(
  trials: readonly WithBulk[],
  rates: Rates,
): Pick<SlowReaders, "policy" | "takenOfEach" | "takenMs" | "growthBytes" | "closed"> {
  const sum = (value: (trial: WithBulk) => number): number =>
    trials.reduce((total, trial) => total + value(trial), 0);
  const [{ bulk: { connections, messages, size } }] = trials as [WithBulk];
  const taken = median(trials.map(({ bulk }) => bulk.taken));
  const times = trials.flatMap(({ bulk: { takenMs } }) => takenMs ?? []);
  const takenMs = times.length === 0 ? null : median(times);
  const growthBytes = growthOf(trials);
  const closed = sum(({ bulk }) => bulk.closed);
  const policy = policyOf({
    bulk: {
      connections,
      messages,
      size,
      taken,
      takenMs,
      closed: Math.ceil(closed / trials.length),
    },
    windowMs: median(trials.map(({ phases }) => phases.windowMs)),
    lost: Math.ceil(sum(({ integrity }) => integrity.lost) / trials.length),
    growthBytes,
    rates,
  });
  return { policy, takenOfEach: taken * size / connections, takenMs, growthBytes, closed };
}

function growthOf(trials: readonly WithBulk[]): Figure {
  const known: number[] = [];
  for (const { memory: { windowStart, windowEnd } } of trials) {
    if (!isMeasured(windowStart)) return windowStart;
    if (!isMeasured(windowEnd)) return windowEnd;
    known.push(windowEnd - windowStart);
  }
  return median(known);
}

/** The table of what each server does with clients that read late; undefined for a scenario that has none. */
export function slowReadersTable(result: Result, scenario: ScenarioDescription): Table | undefined {
  const found = slowReaders(result, scenario);
  if (found.length === 0) return undefined;
  return tableOf(
    {
      id: `${scenario.id}-policies`,
      title: "What each server does with slow readers",
      note:
        "Slow readers send as much as the server takes, up to a limit, and read nothing before the window is over. Taken: " +
        "from the client, until so long after the window began; part of it lies in the buffers of the two systems. The others: clients of small messages beside " +
        "them. Prompt readers send the same, and read the replies as they come. Medians of the rounds.",
      keyColumns: 2,
      empty: "",
    },
    found,
    [
      ...textFields<SlowReaders>({
        "Case": ({ case: one }) => one.title,
        "Server": ({ server }) => server.title,
        "What it does": ({ policy }) => policy.words,
      }),
      ...figureFields<SlowReaders>({ unit: "MiB", kind: "number", decimals: 1 }, {
        "Taken of each": ({ takenOfEach }) => takenOfEach / MIB,
      }),
      ...figureFields<SlowReaders>({ unit: "ms", kind: "number", decimals: 0 }, {
        "Until": ({ takenMs }) => takenMs,
      }),
      ...figureFields<SlowReaders>({ unit: "MiB", kind: "number", decimals: 0 }, {
        "Memory growth": ({ growthBytes }) => growthBytes,
      }, 1 / MIB),
      ...countFields<SlowReaders>({ Closed: ({ closed }) => closed }),
      ...figureFields<SlowReaders>({ unit: "messages/s", kind: "number", decimals: 0 }, {
        "The others alone": ({ rates }) => rates.alone,
        "Beside prompt readers": ({ rates }) => rates.prompt,
        "Beside slow readers": ({ rates }) => rates.slow,
      }),
    ],
  );
}
