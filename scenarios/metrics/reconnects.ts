/** The metrics of connections that are broken off. */

import type { Absent } from "../../measure/model/result.ts";
import type { Metric } from "../types.ts";

const NOT_CUT: Absent = { absent: "no connection was broken off" };

/** Connections that came back, as a share of those that were broken off. */
export const broughtBack: Metric = {
  id: "back",
  title: "Back",
  unit: "% of those broken off",
  better: "higher",
  decimals: 2,
  value: ({ reconnects }) =>
    reconnects === undefined || reconnects.lost === 0
      ? NOT_CUT
      : reconnects.back / reconnects.lost * 100,
};

/** Attempts of a connection until it was back. */
export const attemptsOfEach: Metric = {
  id: "attempts",
  title: "Attempts of each",
  unit: "",
  better: "lower",
  decimals: 2,
  value: ({ reconnects }) =>
    reconnects === undefined || reconnects.lost === 0
      ? NOT_CUT
      : reconnects.attempts / reconnects.lost,
};

/** Attempts that failed, for each time that all connections were broken off. */
export const failedAttempts: Metric = {
  id: "attempts.failed",
  title: "Failed attempts",
  unit: "a cut",
  better: "lower",
  decimals: 0,
  value: ({ reconnects }) =>
    reconnects === undefined || reconnects.cuts === 0
      ? NOT_CUT
      : reconnects.errors / reconnects.cuts,
};
