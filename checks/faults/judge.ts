/** Compares what was seen of a run with what must come out of a cell. */

import type { Trial } from "../../measure/model/result.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import { wrongInWords } from "../../measure/record/wrong_replies.ts";
import type { Cell, Seen } from "./cells.ts";
import type { Ran } from "./program.ts";

/** A server without a fault, in every run. */
export const HEALTHY = "native";

/** Most memory that the runner and a generator may use, in bytes. */
export const BOUNDS = { runner: 400 * 2 ** 20, generator: 500 * 2 ** 20 } as const;

/** What is known of a cell in addition to its run. */
export interface Known {
  readonly server: string;
  /** When its faults happened, in milliseconds since 1970. */
  readonly happenedMs: readonly number[];
  readonly hitsAll?: boolean;
}

export function judge(cell: Cell, ran: Ran, { server, happenedMs, hitsAll = false }: Known): Seen {
  const { expected } = cell;
  let wrong = [...ran.left];
  const trials = ran.kept.filter((trial) => trial.server === server);
  const stderr = ran.lines.map(({ text }) => text).join("\n");
  const own = ran.lines.findLast(({ text }) =>
    text.startsWith("[") && text.includes(` · ${server} · `)
  );
  const endsWithRun = expected.trial !== "failed" && expected.trial !== "completed";
  const endMs = own === undefined || endsWithRun ? ran.endedMs : own.atMs;
  const happened = happenedMs.findLast((at) => at <= endMs);
  const ms = happened === undefined ? undefined : endMs - happened;
  const need = (holds: boolean, otherwise: string): void => void (holds || wrong.push(otherwise));

  need(ran.code === expected.code, `exit code ${ran.code}, not ${expected.code}`);
  need(expected.trial === "refused" || ms !== undefined, "the fault did not happen");
  need(ms === undefined || ms <= expected.withinMs, `${ms} ms, not within ${expected.withinMs}`);
  if (endsWithRun) {
    need(trials.length === 0 || expected.trial === "run stopped", "its trial ended");
  } else {
    need(trials.length > 0, "there is no trial of it");
    wrong = [...wrong, ...trials.flatMap((trial) => judgeTrial(cell, trial))];
  }
  if (expected.says !== undefined && expected.trial !== "failed") {
    need(expected.says.test(stderr), `stderr does not say ${expected.says}: ${stderr.slice(-300)}`);
  }
  if (expected.trial !== "refused") wrong = [...wrong, ...judgeRun(ran, hitsAll, endsWithRun)];
  const runnerBytes = peakOf(ran, "runner", 0, Infinity);
  const before = ran.lines.findLast((line) =>
    line.text.startsWith("[") && own !== undefined && line.atMs < own.atMs
  );
  const generatorBytes = peakOf(ran, "generator", before?.atMs ?? 0, endMs);
  need(runnerBytes <= BOUNDS.runner, `the runner had ${mib(runnerBytes)}`);
  const most = expected.mostMib === undefined ? BOUNDS.generator : expected.mostMib * 2 ** 20;
  need(generatorBytes <= most, `the generator had ${mib(generatorBytes)}`);
  return {
    cell,
    outcome: endsWithRun ? expected.trial : outcomeOf(trials),
    code: ran.code,
    ms,
    runnerBytes,
    generatorBytes,
    wrong,
  };
}

function judgeTrial({ expected }: Cell, trial: Trial): string[] {
  if (trial.state !== expected.trial) {
    return [
      trial.state === "failed"
        ? `failed: ${trial.reason}`
        : `${trial.state}, not ${expected.trial}`,
    ];
  }
  if (trial.state === "failed") {
    const isSaid = expected.says!.test(trial.reason);
    const isOneLine = trial.reason.length < 500 && !trial.reason.includes("\n");
    return [
      ...(isSaid ? [] : [`the reason is "${trial.reason}", not ${expected.says}`]),
      ...(isOneLine ? [] : ["the reason is not a short line"]),
    ];
  }
  if (expected.wrong === undefined || isWrong(trial) === expected.wrong) return [];
  return [
    `replies are ${expected.wrong ? "all right" : "wrong"}: ${JSON.stringify(trial.integrity)}`,
  ];
}

const isWrong = (trial: Trial): boolean =>
  trial.state === "completed" && trial.warnings.some(({ kind }) => kind === "wrong replies");

/** Finished trials are kept, and the healthy server is measured as if nothing had happened. */
function judgeRun({ result, kept, lines }: Ran, hitsAll: boolean, isCut: boolean): string[] {
  if (result === undefined) {
    return [
      `there is no result: ${lines.slice(-3).map(({ text }) => text).join(" ").slice(0, 400)}`,
    ];
  }
  const announced = lines.filter(({ text }) => /^\[ *\d+\/\d+\] /.test(text)).length;
  const healthy = kept.filter(({ server }) => server === HEALTHY);
  const count = `${kept.length} trials in trials.jsonl`;
  return [
    ...(kept.length >= announced ? [] : [`${count}, ${announced} announced`]),
    ...(result.trials.length === kept.length
      ? []
      : [`${count}, ${result.trials.length} in results.json`]),
    ...(isCut || kept.length === result.planned ? [] : [`${count}, ${result.planned} planned`]),
    ...(result.state === (isCut ? "interrupted" : "finished")
      ? []
      : [`the run is ${result.state}`]),
    ...(healthy.length > 0 ? [] : ["the healthy server has no trial"]),
    ...healthy.flatMap((trial) =>
      hitsAll || trial.state === "completed"
        ? []
        : [`a trial of the healthy server failed: ${trial.reason}`]
    ),
  ];
}

function outcomeOf(trials: readonly Trial[]): string {
  const words = trials.map((trial) =>
    trial.state === "failed"
      ? `failed: ${trial.reason}`
      : isWrong(trial)
      ? `completed; wrong replies: ${wrongInWords([trial.integrity])}`
      : "completed"
  );
  return [...new Set(words)].join(" | ");
}

function peakOf({ processes }: Ran, role: string, fromMs: number, toMs: number): number {
  return largest(
    processes.filter((one) => one.role === role && one.sinceMs > fromMs && one.sinceMs <= toMs)
      .map(({ peakBytes }) => peakBytes),
    0,
  );
}

export const mib = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
