/**
 * Names of cases, made of their parameters.
 *
 * @module
 */

import type { CaseDescription, CaseParameters } from "../measure/model/result.ts";
import { mixInWords, readMix } from "./mix_text.ts";
import { MIXES } from "./mixes.ts";

const number = (value: number): string => value.toLocaleString("en-US");

/** Each parameter in words, in the order of a case's title; empty where it is not worth a word. */
const WORDS: {
  readonly [name in keyof CaseParameters]-?: (
    value: NonNullable<CaseParameters[name]>,
    all: CaseParameters,
  ) => string;
} = {
  mix: (value) => value,
  concurrency: (value) => value === 1 ? "one after another" : `${number(value)} at once`,
  messages: (value, { prompt, slow }) =>
    prompt === undefined && slow === undefined ? `${number(value)} messages` : "",
  connections: (value) => `${number(value)} connection${value === 1 ? "" : "s"}`,
  inFlight: (value) => `${number(value)} in flight`,
  size: (value) => bytes(value),
  payload: (value) => value,
  arrivals: (value) => value === "constant" ? "" : "Poisson arrivals",
  rate: (value, { load }) =>
    `${number(value)} messages/s${load === undefined ? "" : ` (${load} % load)`}`,
  sloMs: (value) => `p99 within ${value} ms`,
  load: (value, { rate }) => rate === undefined ? `${value} % load` : "",
  prompt: (value, all) => beside(value, all, "as they come"),
  slow: (value, all) => beside(value, all, "late"),
  tls: () => "TLS",
  deflate: (value) => value === "takeover" ? "deflate" : "deflate without takeover",
};

/** What stands beside the connections that are measured. */
function beside(count: number, { messages = 0 }: CaseParameters, when: string): string {
  if (count === 0) return "nobody beside them";
  const [send, read] = count === 1 ? ["sends", "reads"] : ["send", "read"];
  return `beside ${number(count)} that ${send} ${number(messages)} messages and ${read} ${when}`;
}

function bytes(value: number): string {
  if (value >= 2 ** 20 && value % 2 ** 20 === 0) return `${value / 2 ** 20} MiB`;
  if (value >= 2 ** 10 && value % 2 ** 10 === 0) return `${value / 2 ** 10} KiB`;
  return `${number(value)} B`;
}

function inWords(name: keyof CaseParameters, all: CaseParameters): string {
  // A name and its value belong together, which the compiler cannot follow over a union of names.
  const words: (value: never, all: CaseParameters) => string = WORDS[name];
  return words(all[name] as never, all);
}

/** Names a case: `connections=16,inFlight=16,size=64` and `16 connections, 16 in flight, 64 B`. */
export function describeCase(parameters: CaseParameters): CaseDescription {
  const names = (Object.keys(WORDS) as (keyof CaseParameters)[])
    .filter((name) => parameters[name] !== undefined);
  return {
    id: names.map((name) => `${name}=${parameters[name]}`).join(","),
    title: names.map((name) => inWords(name, parameters)).filter((word) => word !== "").join(", "),
    ...aboutOf(parameters),
    parameters,
  };
}

/** What a mix with a name holds. */
function aboutOf({ mix }: CaseParameters): Pick<CaseDescription, "about"> {
  if (mix === undefined || !Object.hasOwn(MIXES, mix)) return {};
  return { about: `${mix}: ${mixInWords(readMix(mix))}.` };
}
