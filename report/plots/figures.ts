/**
 * Bars of what each scenario is about, and of the CPU time that it took.
 *
 * @module
 */

import type { Result } from "../../measure/model/result.ts";
import { cpuMetricOf } from "../../measure/judge/verdicts.ts";
import { barsOf } from "./bars.ts";
import { varies } from "./scenarios.ts";
import type { Plot } from "./types.ts";

/** Bars of the primary metric of every scenario that is not drawn as lines. */
export function primaryBars(result: Result): Plot[] {
  return result.scenarios.flatMap((scenario) => {
    const [metric] = scenario.metrics;
    if (metric === undefined || varies(scenario, "connections") || varies(scenario, "rate")) {
      return [];
    }
    return barsOf(result, scenario, metric, { kind: "bars", title: scenario.question }) ?? [];
  });
}

/** Bars of the CPU time for a message or a handshake, of every scenario that is not drawn as lines. */
export function cpuBars(result: Result): Plot[] {
  return result.scenarios.flatMap((scenario) => {
    const metric = cpuMetricOf(scenario);
    if (metric === undefined || metric === scenario.metrics[0] || varies(scenario, "connections")) {
      return [];
    }
    const unit = metric.id.endsWith("handshake") ? "handshake" : "message";
    const title = `How much CPU time does a ${unit} cost the server?`;
    return barsOf(result, scenario, metric, { kind: "cpu", title }) ?? [];
  });
}
