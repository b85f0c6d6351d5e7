/**
 * What a scenario varies, and so which kind of plot shows it.
 *
 * @module
 */

import type { CaseDescription, ScenarioDescription } from "../../measure/model/result.ts";

/** Fewer points make no line. */
const FEWEST = { connections: 3, rate: 2 } as const;

/** What a line may be drawn against. */
export type Axis = keyof typeof FEWEST;

/** Whether the cases of a scenario differ in one parameter alone, in enough values for a line. */
export function varies({ cases }: ScenarioDescription, axis: Axis): boolean {
  const values = cases.map(({ parameters }) => parameters[axis]);
  // A load is another name of the rate.
  const others = cases.map(({ parameters: { load: _, ...rest } }) =>
    JSON.stringify({ ...rest, [axis]: 0 })
  );
  return cases.length >= FEWEST[axis] && values.every((value) => value !== undefined) &&
    new Set(values).size === cases.length && new Set(others).size === 1;
}

/** The case that shows a scenario best where there is room for one: the one with the most load, else the first. */
export function foremost({ cases }: ScenarioDescription): CaseDescription | undefined {
  const load = ({ parameters: { rate, concurrency } }: CaseDescription): number =>
    rate ?? concurrency ?? 0;
  return cases.toSorted((a, b) => load(b) - load(a))[0];
}
