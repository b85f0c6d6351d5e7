/**
 * The matrix: cases multiplied by what a deployment may vary.
 *
 * @module
 */

import type { CaseParameters } from "../../measure/model/result.ts";
import { nearest, UsageError } from "../usage.ts";

/** A parameter by whose values cases are multiplied. */
export type Axis = "tls" | "deflate" | "size" | "payload";

/** The values along each axis; undefined for a case without the parameter. */
const VALUES: { readonly [axis in Axis]: readonly CaseParameters[axis][] } = {
  tls: [undefined, "on"],
  deflate: [undefined, "no-takeover", "takeover"],
  size: [64, 1024, 16 * 1024, 256 * 1024],
  payload: ["text", "binary", "random", "documents"],
};

/** Every axis. */
export const AXES: readonly string[] = Object.keys(VALUES);

/**
 * Reads the names of axes.
 *
 * @throws {UsageError} for an unknown one, one that is named twice, and one whose parameter is set
 */
export function chooseAxes(names: readonly string[], overrides: CaseParameters): readonly Axis[] {
  for (const [index, name] of names.entries()) {
    if (!AXES.includes(name)) {
      const meant = nearest(name, AXES);
      throw new UsageError(
        `Unknown axis "${name}" of --matrix${meant ? `, did you mean "${meant}"?` : "."} ` +
          `Known: ${AXES.join(", ")}`,
      );
    }
    if (names.indexOf(name) < index) {
      throw new UsageError(`The axis "${name}" of --matrix is named twice: name it once`);
    }
    if (name in overrides) {
      throw new UsageError(
        `--matrix ${name} varies what --${name} sets to ${
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
 *
 * @param has whether a case can have a parameter
 */
export function multiplied(
  cases: readonly CaseParameters[],
  axes: readonly Axis[],
  has: (parameters: CaseParameters, name: Axis) => boolean,
): CaseParameters[] {
  return axes.reduce<CaseParameters[]>(
    (sofar, axis) =>
      sofar.flatMap((parameters) =>
        has(parameters, axis)
          ? VALUES[axis].map((value) => withValue(parameters, axis, value))
          : [parameters]
      ),
    [...cases],
  );
}

/** A case with a value in the place of its own, or without the parameter. */
function withValue(
  parameters: CaseParameters,
  axis: Axis,
  value: CaseParameters[Axis],
): CaseParameters {
  const others = Object.entries(parameters).filter(([name]) => name !== axis);
  return Object.fromEntries(value === undefined ? others : [...others, [axis, value]]);
}
