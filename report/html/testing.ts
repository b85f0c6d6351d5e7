/** A hostile result and a small plot for the tests of the page. */

import type { Result } from "../../measure/model/result.ts";
import type { Plot } from "../plots/chart.ts";
import { RESULT } from "../testing/testdata.ts";

const EVIL = [
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>",
  `"'><svg onload=alert(1)>`,
];

/** A run whose servers, machine and failures are named to break a page. */
export const HOSTILE: Result = {
  ...RESULT,
  servers: RESULT.servers.map((server, index) => ({
    ...server,
    title: EVIL[index]!,
    library: EVIL[index]!,
    notes: EVIL,
  })),
  scenarios: RESULT.scenarios.map((scenario) => ({
    ...scenario,
    title: `${EVIL[1]} ${scenario.title}`,
    question: EVIL[0]!,
    cases: scenario.cases.map((one) => ({ ...one, title: `${EVIL[2]} ${one.title}` })),
    metrics: scenario.metrics.map((metric) => ({ ...metric, title: `${EVIL[0]} ${metric.title}` })),
  })),
  machine: EVIL.map((value) => ({ group: value, name: "Model", value })),
  settings: { ...RESULT.settings, command: EVIL[1]!, profile: EVIL[2]! },
  trials: RESULT.trials.map((trial) =>
    trial.state === "failed" ? { ...trial, reason: EVIL.join("") } : trial
  ),
};

/** A plot for a section, of one bar of this name. */
export function plotIn(section: string, server: string = "ws"): Plot {
  return {
    id: `in ${section}`,
    section,
    title: `How fast is ${server}?`,
    alt: `One bar: ${server} has 7.`,
    caption: `A machine with ${server}`,
    spec: {
      width: 600,
      data: { values: [{ server, rate: 7 }] },
      mark: { type: "bar", clip: true },
      encoding: {
        y: { field: "server", type: "nominal" },
        x: { field: "rate", type: "quantitative", title: server },
        color: { field: "server", type: "nominal" },
      },
    },
  };
}
