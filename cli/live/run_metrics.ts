/** What is known of a running run, as metrics: counters that only grow, and the last pulse of the running trial. */

import type { Result, Trial } from "../../measure/model/result.ts";
import { WRONG_WAYS } from "../../measure/record/wrong_replies.ts";
import type { Pulse } from "../../bench/generator/pulse.ts";
import type { PlannedTrial } from "../../bench/plan/plan_types.ts";
import type { RunEvent } from "../../bench/run/run.ts";
import type { Family, Labels } from "../../report/formats/families.ts";
import { baseUnit } from "../../report/formats/units.ts";
import { oneLine } from "../../report/summary/text.ts";

export interface RunMetrics {
  happened(event: RunEvent): void;
  pulse(pulse: Pulse): void;
  /** All of them now; what is not known has no points. */
  families(): Family[];
}

/** Numbers by their labels. */
class Points {
  readonly #points = new Map<string, { readonly labels: Labels; value: number }>();

  add(labels: Labels, value: number): void {
    const key = JSON.stringify(labels);
    const point = this.#points.get(key) ?? { labels, value: 0 };
    point.value += value;
    this.#points.set(key, point);
  }

  get all(): { readonly labels: Labels; readonly value: number }[] {
    return [...this.#points.values()];
  }
}

export function createRunMetrics(): RunMetrics {
  const [trials, wrong, replies, pulsed] = [
    new Points(),
    new Points(),
    new Points(),
    new Points(),
  ];
  let result: Pick<Result, "planned"> | undefined;
  let running: PlannedTrial | undefined;
  let last: Pulse | undefined;

  function ended(trial: Trial): void {
    const labels = labelsOf(trial.server, trial.scenario, trial.case);
    trials.add({ ...labels, state: trial.state }, 1);
    if (trial.state === "failed") return;
    replies.add(labels, trial.counts.replies);
    for (const way of WRONG_WAYS) wrong.add({ ...labels, way }, trial.integrity[way]);
  }

  return {
    happened(event) {
      if (event.kind === "planned") result = event.result;
      if (event.kind === "trial started") running = event.trial;
      if (event.kind === "trial ended") ended(event.trial);
      if (event.kind === "trial started" || event.kind === "trial ended") last = undefined;
      if (event.kind === "trial ended" || event.kind === "ended") running = undefined;
    },
    pulse(pulse) {
      if (running === undefined) return;
      last = pulse;
      pulsed.add({ ...labelsOfPlanned(running), phase: pulse.phase }, pulse.count);
    },
    families() {
      const here = running === undefined ? undefined : labelsOfPlanned(running);
      const counter = (name: string, help: string, points: Points): Family => (
        { name, type: "counter", unit: baseUnit(""), help, points: points.all }
      );
      const gauge = (
        name: string,
        unit: string,
        help: string,
        labels: Labels | undefined,
        value: number | null | undefined,
      ): Family => ({
        name,
        type: "gauge",
        unit: { ...baseUnit(unit), factor: 1 },
        help,
        points: labels === undefined || value === undefined || value === null
          ? []
          : [{ labels, value: value * baseUnit(unit).factor }],
      });
      const now = here && last && { ...here, phase: last.phase };
      const rate = last && last.count / last.lengthMs * 1000;
      return [
        gauge("trials_planned", "", "Trials that the plan has.", {}, result?.planned),
        counter("trials", "Trials that have ended, by what became of them.", trials),
        counter("wrong_replies", "Wrong replies of the trials that have completed.", wrong),
        counter("replies", "Replies in the windows of the trials that have completed.", replies),
        gauge("running_trial", "", "The trial that runs.", here, 1),
        counter(
          "pulse_events",
          "Replies, or handshakes where no messages are sent, that generators told of while they ran.",
          pulsed,
        ),
        gauge("pulse_rate", "1/s", "Replies or handshakes in the last 0.2 s or longer.", now, rate),
        gauge("pulse_latency_mean", "ms", "Mean latency of these.", now, last?.meanMs),
        gauge("pulse_latency_max", "ms", "Largest latency of these.", now, last?.maxMs),
      ];
    },
  };
}

function labelsOfPlanned({ server, scenario, case: one }: PlannedTrial): Labels {
  return labelsOf(server.id, scenario.id, one.id);
}

function labelsOf(server: string, scenario: string, caseId: string): Labels {
  return { server: oneLine(server), scenario: oneLine(scenario), case: oneLine(caseId) };
}
