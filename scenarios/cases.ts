/** Names of cases, made of their parameters. */

import type { CaseDescription } from "../measure/model/result.ts";
import { mixInWords, readMix } from "./traffic/mix/mix_text.ts";
import { MIXES } from "./traffic/mix/mixes.ts";
import { type CaseParameters, PARAMETER_NAMES, parameterInWords } from "./parameters.ts";

/** One scenario with one set of parameters. */
export interface ScenarioCase extends CaseDescription {
  /** The parameters themselves. */
  readonly parameters: CaseParameters;
}

/** Names a case: `connections=16,inFlight=16,size=64` and `16 connections, 16 in flight, 64 B`. */
export function describeCase(parameters: CaseParameters): ScenarioCase {
  const { mix } = parameters;
  const names = PARAMETER_NAMES.filter((name) => parameters[name] !== undefined);
  return {
    id: names.map((name) => `${name}=${parameters[name]}`).join(","),
    title: names.map((name) => parameterInWords(name, parameters)).filter((word) => word !== "")
      .join(", "),
    ...(mix !== undefined && Object.hasOwn(MIXES, mix) &&
      { about: `${mix}: ${mixInWords(readMix(mix))}.` }),
    parameters,
  };
}
