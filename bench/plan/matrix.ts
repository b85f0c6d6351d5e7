/** The matrix: cases multiplied by what a deployment may vary. */

import {
  AXES,
  canHave,
  type CaseParameters,
  OPTION_NAMES,
  type ParameterName,
  rowOf,
} from "../../scenarios/parameters.ts";
import { unknownWord } from "../choice.ts";
import { UsageError } from "../usage.ts";

/**
 * Reads the names of axes.
 *
 * @throws {UsageError} for an unknown one, one that is named twice, and one whose parameter is set
 */
export function chooseAxes(
  names: readonly string[],
  overrides: CaseParameters,
): readonly ParameterName[] {
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
          overrides[name as ParameterName]
        }: leave one of the two out`,
      );
    }
  }
  return names as readonly ParameterName[];
}

/**
 * Multiplies cases: one for each combination of the axes' values; a case that cannot have one of them stays as
 * it is along that axis.
 */
export function multiplied(
  cases: readonly CaseParameters[],
  axes: readonly ParameterName[],
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

/** A case with another value of a parameter, or without it. */
function withValue(
  parameters: CaseParameters,
  axis: ParameterName,
  value: number | string | undefined,
): CaseParameters {
  const others = Object.entries(parameters).filter(([name]) => name !== axis);
  return Object.fromEntries(value === undefined ? others : [...others, [axis, value]]);
}
