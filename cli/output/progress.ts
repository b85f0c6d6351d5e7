/** How far a run is: as text, on a bar on a terminal, as plain lines elsewhere. */

import process from "node:process";
import { type Explanation, isMeasured, type Trial } from "../../measure/model/result.ts";
import type { PlannedTrial } from "../../bench/plan/plan_types.ts";
import { reference } from "../../servers/mod.ts";

export interface ProgressState {
  readonly total: number;
  readonly rounds: number;
  readonly ended: number;
  /** How many of them a resumed run already had (0). */
  readonly earlier?: number;
  readonly failed: number;
  /** Time since the first trial started, in milliseconds. */
  readonly elapsedMs: number;
  readonly running?: PlannedTrial;
  /** Which of the trials that tell why is running, in words; absent in the rounds. */
  readonly explaining?: string;
}

export interface Progress {
  started(trial: PlannedTrial): void;
  ended(trial: Trial, planned: PlannedTrial): void;
  explaining(trial: PlannedTrial, number: number, of: number): void;
  explained(explanation: Explanation): void;
  stop(): void;
}

/** The round of a trial in words; before the rounds come ceilings, and closed loops that find arrival rates. */
export function roundOf({ round, server }: PlannedTrial, rounds?: number): string {
  if (round === 0) return server.id === reference.id ? "ceiling" : "closed loop";
  return rounds === undefined ? `round ${round}` : `round ${round}/${rounds}`;
}

/** Minutes and seconds: `1:05`. */
export function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** How much of a run is left, in words; nothing before the first trial has ended. */
export function timeLeft({ total, ended, earlier = 0, elapsedMs }: ProgressState): string {
  const now = ended - earlier;
  return now === 0 ? "" : `${clock(elapsedMs / now * (total - ended))} left`;
}

/**
 * The line with the bar: `██████░░░░ 61/195 1:44 left · round 2/5 · throughput · native`.
 *
 * @param width columns of the terminal; the line is never longer
 */
export function progressLine(state: ProgressState, width: number): string {
  const { total, ended, failed, rounds, running, explaining } = state;
  const cells = Math.max(8, Math.min(30, width - 60));
  const full = Math.round(cells * ended / Math.max(total, 1));
  const bar = "█".repeat(full) + "░".repeat(cells - full);
  const parts = [
    `${bar} ${ended}/${total}`,
    timeLeft(state),
    failed > 0 ? `${failed} failed` : "",
    running === undefined ? "" : explaining ?? roundOf(running, rounds),
    running?.scenario.id ?? "",
    running?.server.id ?? "",
  ].filter((part) => part !== "");
  const line = parts.join(" · ");
  return line.length < width ? line : line.slice(0, Math.max(0, width - 2)) + "…";
}

/** The line for a trial that has ended, where there is no terminal. */
export function trialLine(trial: Trial, planned: PlannedTrial, total: number): string {
  const place = `[${String(trial.trial).padStart(String(total).length)}/${total}]`;
  const what = `${roundOf(planned)} · ${trial.server} · ${trial.scenario}, ${planned.case.title}`;
  if (trial.state === "failed") return `${place} ${what}: FAILED: ${trial.reason}`;
  const [primary] = planned.scenario.metrics;
  const figure = trial.metrics[primary!.id];
  if (trial.round === 0 && planned.server.id !== reference.id) {
    if (trial.counts.replies === 0) return `${place} ${what}: there was no reply in the window`;
    const rate = Math.round(trial.counts.replies / trial.phases.windowMs * 1000);
    return `${place} ${what}: ${rate.toLocaleString("en-US")} messages/s`;
  }
  if (!isMeasured(figure)) return `${place} ${what}: ${figure?.absent ?? "no figure"}`;
  const value = figure.toLocaleString("en-US", {
    maximumSignificantDigits: figure >= 1000 ? 4 : 3,
  });
  return `${place} ${what}: ${value} ${primary!.unit}`;
}

/** Which of the trials that tell why one is, in words. */
export function explainingInWords(number: number, of: number): string {
  return `explaining ${number} of ${of}`;
}

/** The line for a trial that tells why, where there is no terminal. */
export function explainedLine(
  { server, scenario, failed, replies, windowMs }: Explanation,
  planned: PlannedTrial,
  which: string,
): string {
  const what = `[${which}] ${server} · ${scenario}, ${planned.case.title}`;
  if (failed !== undefined) return `${what}: FAILED: ${failed}`;
  const rate = Math.round(replies / windowMs * 1000).toLocaleString("en-US");
  return `${what}: ${rate} messages/s while it was watched`;
}

/** Columns of the terminal; 80 if it was closed. */
function columns(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return 80;
  }
}

/** A bar on stderr, drawn by cli-progress. */
export async function barProgress(
  total: number,
  rounds: number,
  earlier: number = 0,
): Promise<Progress> {
  const { default: cliProgress } = await import("cli-progress");
  // A closed terminal is no reason to lose the run.
  process.stderr.on("error", () => {});
  const startedMs = performance.now();
  let state: ProgressState = { total, rounds, ended: earlier, earlier, failed: 0, elapsedMs: 0 };
  const bar = new cliProgress.SingleBar({
    clearOnComplete: true,
    hideCursor: true,
    fps: 4,
    format: () =>
      progressLine(
        { ...state, elapsedMs: performance.now() - startedMs },
        columns(),
      ),
  });
  bar.start(total, earlier);
  return {
    started(running) {
      state = { ...state, running };
    },
    ended({ state: outcome }) {
      const failed = state.failed + (outcome === "failed" ? 1 : 0);
      state = { ...state, ended: state.ended + 1, failed };
      bar.update(state.ended);
    },
    explaining(running, number, of) {
      state = { ...state, running, explaining: explainingInWords(number, of) };
    },
    explained({ failed }) {
      const more = failed === undefined ? 0 : 1;
      state = { ...state, ended: state.ended + 1, failed: state.failed + more };
      bar.update(state.ended);
    },
    stop() {
      bar.stop();
    },
  };
}

export function lineProgress(total: number, write: (line: string) => void): Progress {
  let running: { readonly trial: PlannedTrial; readonly which: string } | undefined;
  return {
    started() {},
    ended(trial, planned) {
      write(trialLine(trial, planned, total));
    },
    explaining(trial, number, of) {
      running = { trial, which: explainingInWords(number, of) };
    },
    explained(explanation) {
      write(explainedLine(explanation, running!.trial, running!.which));
    },
    stop() {},
  };
}

export const noProgress: Progress = {
  started() {},
  ended() {},
  explaining() {},
  explained() {},
  stop() {},
};
