/** The right side of an assertion: a number with a unit, put into the unit of a metric. */

import type { MetricDefinition } from "../../measure/model/result.ts";
import { UsageError } from "../usage.ts";

/** Separators are between digits, commas only before three: `1,5` and `0,005` are decimals to half of the world. */
const NUMBER = /^[+-]?(?:(?:[1-9]\d{0,2}(?:,\d{3})+|\d+(?:_\d+)*)(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?/i;

/** In nanoseconds. */
const TIMES = { ns: 1, us: 1e3, "µs": 1e3, ms: 1e6, s: 1e9 };
/** In bytes. */
const BYTES = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};
const BYTES_A_SECOND = Object.fromEntries(
  Object.entries(BYTES).map(([unit, size]) => [`${unit}/s`, size]),
);

const THOUSANDS: ReadonlyMap<string, number> = new Map([["k", 1e3], ["K", 1e3], ["M", 1e6]]);

/** Reads the number, as `50`, `50_000`, `50,000` or `5e4`, that a text begins with; undefined if it has none. */
function splitNumber(text: string): { number: number; rest: string } | undefined {
  const [digits] = text.match(NUMBER) ?? [];
  if (digits === undefined) return undefined;
  const rest = text.slice(digits.length);
  const number = Number(digits.replaceAll(/[_,]/g, ""));
  return Number.isFinite(number) && !/^[\d.,_]/.test(rest)
    ? { number, rest: rest.trim() }
    : undefined;
}

/** Reads a number without a unit, as `64`, `10_000` or `10k`; undefined if it is not one. */
export function readNumber(text: string): number | undefined {
  const split = splitNumber(text);
  if (split === undefined) return undefined;
  const factor = split.rest === "" ? 1 : THOUSANDS.get(split.rest);
  return factor === undefined ? undefined : split.number * factor;
}

/**
 * Reads a limit: a number as `5`, `0.5`, `50_000`, `50,000` or `5e4`, then `k` or `M` for thousands and millions, then
 * a unit of the metric's kind.
 *
 * @returns the limit in the metric's unit, which is meant if none is given
 * @throws {UsageError} if it is not a number, or the unit is of another kind
 */
export function readLimit(text: string, metric: Pick<MetricDefinition, "id" | "unit">): number {
  const split = splitNumber(text);
  if (split === undefined) {
    throw new UsageError(
      `a number must follow the operator, as 5, 0.5, 50_000 or 50k: received "${text}"`,
    );
  }
  const { number, rest } = split;
  // 1.1 s are 1100 ms, not 1100.0000000000002.
  return Number((number * factorOf(rest, metric)).toPrecision(15));
}

/** The factor of a unit, which may begin with `k` or `M`. */
function factorOf(typed: string, metric: Pick<MetricDefinition, "id" | "unit">): number {
  const units = unitsLike(metric.unit);
  const sizeOf = (name: string): number | undefined =>
    name === "" ? 1 : units.find(([unit]) => plain(unit) === plain(name))?.[1];
  const size = sizeOf(typed);
  if (size !== undefined) return size;
  const thousands = THOUSANDS.get(typed.slice(0, 1));
  const sizeBehind = sizeOf(typed.slice(1).trim());
  // 100M of memory may be meant as MB or as MiB, and surely not as a hundred million MiB.
  if (thousands !== undefined && sizeBehind !== undefined && !isOfBytes(metric.unit)) {
    return thousands * sizeBehind;
  }
  throw new UsageError(
    metric.unit === ""
      ? `${metric.id} is a plain number. Leave the unit out: received "${typed}"`
      : `${metric.id} is in ${metric.unit}. Use ${
        units.map(([unit]) => unit).join(", ")
      } or no unit: received "${typed}"`,
  );
}

function isOfBytes(unit: string): boolean {
  return Object.hasOwn(BYTES, unit) || Object.hasOwn(BYTES_A_SECOND, unit);
}

type Units = readonly (readonly [name: string, size: number])[];

/** The units that a limit may be given in, each with its size in the metric's unit. */
function unitsLike(unit: string): Units {
  const sizes = [TIMES, BYTES, BYTES_A_SECOND].map((kind): Units => Object.entries(kind))
    .find((kind) => kind.some(([name]) => plain(name) === plain(unit)));
  if (sizes === undefined) return namesOf(unit).map((name) => [name, 1]);
  const [, own] = sizes.find(([name]) => plain(name) === plain(unit))!;
  return sizes.map(([name, size]) => [name, size / own]);
}

/** Names of a unit that is not converted. */
function namesOf(unit: string): string[] {
  if (unit === "messages/s") return [unit, "msg/s", "1/s", "/s"];
  if (unit.endsWith("/s")) return [...new Set([unit, "1/s", "/s"])];
  return [...new Set(unit.startsWith("%") ? ["%", unit] : [unit])];
}

/** Without spaces, and with one of the two characters for micro. */
function plain(unit: string): string {
  return unit.replaceAll(" ", "").replace("\u03BC", "\u00B5");
}
