/**
 * Names of cases, made of their parameters.
 *
 * @module
 */

import type { CaseDescription, CaseParameters } from "../measure/result.ts";

const number = (value: number): string => value.toLocaleString("en-US");

/** Each parameter in words, in the order of a case's title. */
const WORDS: { readonly [name in keyof CaseParameters]-?: (value: number) => string } = {
  concurrency: (value) => value === 1 ? "one after another" : `${number(value)} at once`,
  messages: (value) => `${number(value)} messages`,
  connections: (value) => `${number(value)} connection${value === 1 ? "" : "s"}`,
  inFlight: (value) => `${number(value)} in flight`,
  size: (value) => bytes(value),
};

function bytes(value: number): string {
  if (value >= 2 ** 20 && value % 2 ** 20 === 0) return `${value / 2 ** 20} MiB`;
  if (value >= 2 ** 10 && value % 2 ** 10 === 0) return `${value / 2 ** 10} KiB`;
  return `${number(value)} B`;
}

/** Names a case: `connections=16,inFlight=16,size=64` and `16 connections, 16 in flight, 64 B`. */
export function describeCase(parameters: CaseParameters): CaseDescription {
  const names = (Object.keys(WORDS) as (keyof CaseParameters)[])
    .filter((name) => parameters[name] !== undefined);
  return {
    id: names.map((name) => `${name}=${parameters[name]}`).join(","),
    title: names.map((name) => WORDS[name](parameters[name]!)).join(", "),
    parameters,
  };
}
