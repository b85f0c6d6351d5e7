/** Metrics of a running run at `/metrics`, for a Prometheus on this machine. */

import { UsageError } from "../../bench/usage.ts";
import { OPEN_METRICS_TYPE, openMetricsText } from "../../report/formats/openmetrics.ts";
import type { RunFollower } from "./follower.ts";
import { answer, serveLoopback } from "./loopback.ts";
import { createRunMetrics } from "./run_metrics.ts";

/** Where Prometheus looks. */
const PATH = "metrics";

/**
 * Reads a port as it is typed.
 *
 * @throws {UsageError}
 */
export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--metrics needs a port from 0 to 65535: received "${text}"`);
}

/**
 * Serves them until it is disposed.
 *
 * @param port 0 for one that is free
 * @throws {UsageError} if it is taken
 */
export function serveMetrics(port: number): RunFollower {
  const { happened, pulse, families } = createRunMetrics();
  const server = serveLoopback(
    "--metrics",
    port,
    (path) =>
      path === `/${PATH}`
        ? answer(200, openMetricsText(families()), { "content-type": OPEN_METRICS_TYPE })
        : answer(404, `There is only /${PATH}`),
  );
  return {
    url: `${server.url}${PATH}`,
    happened,
    pulse,
    reported() {},
    [Symbol.asyncDispose]: () => server.close(),
  };
}
