/** The matrix: cases multiplied by what a deployment may vary. */

import {
  canHave,
  type CaseParameters,
  OPTION_NAMES,
  PARAMETER_NAMES,
  type ParameterName,
  rowOf,
} from "../../scenarios/parameters.ts";
import { unknownWord, UsageError } from "../usage.ts";

/** A parameter by whose values cases are multiplied. */
export type Axis = ParameterName;

/** Every axis. */
export const AXES: readonly string[] = PARAMETER_NAMES.filter((name) =>
  rowOf(name).axis !== undefined
);

/**
 * Reads the names of axes.
 *
 * @throws {UsageError} for an unknown one, one that is named twice, and one whose parameter is set
 */
export function chooseAxes(names: readonly string[], overrides: CaseParameters): readonly Axis[] {
  for (const [index, name] of names.entries()) {
    if (!AXES.includes(name)) {
      throw new UsageError(`Unknown ${unknownWord("axis", name, AXES, " of --matrix")}`);
    }
    if (names.indexOf(name) < index) {
      throw new UsageError(`The axis "${name}" of --matrix is named twice: name it once`);
    }
    if (name in overrides) {
      throw new UsageError(
        `--matrix ${name} varies what ${OPTION_NAMES[name]} sets to ${
          overrides[name as Axis]
        }: leave one of the two out`,
      );
    }
  }
  return names as readonly Axis[];
}

/**
 * Multiplies cases: one for each combination of the axes' values; a case that cannot have an axis' parameter stays as
 * it is along this axis.
 */
export function multiplied(
  cases: readonly CaseParameters[],
  axes: readonly Axis[],
): CaseParameters[] {
  return axes.reduce<CaseParameters[]>(
    (sofar, axis) =>
      sofar.flatMap((parameters) =>
        canHave(parameters, axis)
          ? rowOf(axis).axis!.map((value) => withValue(parameters, axis, value))
          : [parameters]
      ),
    [...cases],
  );
}

/** A case with a value in the place of its own, or without the parameter. */
function withValue(
  parameters: CaseParameters,
  axis: Axis,
  value: number | string | undefined,
): CaseParameters {
  const others = Object.entries(parameters).filter(([name]) => name !== axis);
  return Object.fromEntries(value === undefined ? others : [...others, [axis, value]]);
}
