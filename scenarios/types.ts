/** What a scenario is: a question, cases, the traffic and the payload of each, and metrics. */

import type { Payload } from "./payload/payload.ts";
import type { Share } from "./traffic/timing/schedule.ts";
import type { Load, Traffic } from "./traffic/types.ts";
import type { Histogram } from "../measure/record/histogram.ts";
import type { TimelineKind } from "../measure/record/recorder.ts";
import type { CountedAccount } from "../measure/record/accounts/mod.ts";
import type {
  CompletedTrial,
  Figure,
  HistogramName,
  MetricDefinition,
} from "../measure/model/result.ts";
import type { CaseParameters, ParameterName } from "./parameters.ts";

/** What was measured in one trial; metrics are read off it. */
export interface Measurement extends
  Pick<
    CompletedTrial,
    | "phases"
    | "counts"
    | "integrity"
    | "connections"
    | "capacity"
    | "curve"
    | "cpu"
    | "memory"
    | CountedAccount
  > {
  /** Parameters of the case. */
  readonly parameters: CaseParameters;
  /** Length of the window in milliseconds. */
  readonly windowMs: number;
  /** Histograms in nanoseconds; those that recorded something. */
  readonly histograms: { readonly [name in HistogramName]?: Histogram };
}

/** A metric with the function that reads it off one trial. */
export interface Metric extends MetricDefinition {
  /** The figure of one trial, in the metric's unit. */
  value(measurement: Measurement): Figure;
}

/** One scenario. */
export interface Scenario {
  /** Name in options and files. */
  readonly id: string;
  /** Name in headings. */
  readonly title: string;
  /** The question that it answers. */
  readonly question: string;
  /**
   * What the server does with a message, as the path of the connections; `{group}` stands for that of a connection,
   * `{rate}` and `{size}` for what the server is to send: see {@linkcode pathOf}.
   */
  readonly behaviour: "/echo" | "/tag" | "/broadcast" | "/room/{group}" | "/push/{rate}/{size}";
  /** The parameters of each case. */
  readonly cases: readonly CaseParameters[];
  /** The metrics, the primary one first. */
  readonly metrics: readonly Metric[];
  /**
   * How a trial goes that has many windows of different arrival rates: for the highest one that is sustained, or from low
   * ones to overload and back. Absent if it has one window.
   */
  readonly search?: "capacity" | "curve";
  /** Set if it runs only when it is named, or with `all`. */
  readonly isOptional?: true;
  /** Set if one generator has all connections, however many there are. */
  readonly isUndivided?: true;
  /** Set if the server sends by itself, and the client says nothing. */
  readonly isStream?: true;
  /** Set if only the client that makes its own frames can drive it. */
  readonly onlyWire?: true;
  /** The shortest window, in milliseconds, or that of a case. */
  readonly leastMs?: number | ((parameters: CaseParameters) => number);
  /** What the timeline follows. */
  readonly timeline: TimelineKind;
  /** Parameters that no case of it can have, though others like its cases can: each with the reason, as a phrase. */
  readonly refuses?: { readonly [name in ParameterName]?: string };
  /** Why parameters that are possible by themselves do not fit one another, as a sentence; undefined if they do. */
  readonly problem?: (parameters: CaseParameters) => string | undefined;
  /**
   * Makes the traffic of a case.
   *
   * @param parameters those of this generator; the arrival rate is that of all generators together
   * @param seed determines its random choices
   * @param share which arrivals of a schedule it sends; all when left out
   */
  traffic(load: Load, parameters: CaseParameters, seed: number, share?: Share): Traffic;
  /**
   * Makes the payload of a case.
   *
   * @param answered what the server does with a message: one that is not wsmark's may only know `/echo`
   */
  payload(parameters: CaseParameters, answered: Scenario["behaviour"]): Payload;
}

/** A scenario with other cases than its own. */
export interface ScenarioChoice {
  /** Id of the scenario. */
  readonly id: string;
  /** Its cases; each has some of the parameters that the scenario's own cases have. */
  readonly cases: readonly CaseParameters[];
}

/** Whether a message goes to others than its sender, too. */
export function isToMany({ behaviour }: Pick<Scenario, "behaviour">): boolean {
  return behaviour === "/broadcast" || behaviour === "/room/{group}";
}

/** The path of a case at the servers that have one for each behaviour. */
export function pathOf(
  { behaviour }: Pick<Scenario, "behaviour">,
  { pushRate, size }: CaseParameters,
): string {
  return behaviour.replace("{rate}", `${pushRate}`).replace("{size}", `${size}`);
}
