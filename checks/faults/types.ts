/** What a row of the table of faults is. */

import type { Engine } from "../../bench/generator/wire/exchange.ts";
import { type Phase, PHASES } from "./phases.ts";

export type Doer = "server" | "generator" | "machine" | "user" | "agents";

/** What carries the messages: an engine of the wire client, or the platform's WebSocket. */
export type Carrier = Engine | "websocket";

export interface Expected {
  /**
   * What becomes of the trial: it fails with a reason; it completes; the run refuses to begin; the trial is given up
   * because the run is stopped; or the run stops itself, and may have kept the trial.
   */
  readonly trial: "failed" | "completed" | "refused" | "given up" | "run stopped";
  /** What the reason must say or, if no trial fails, stderr. */
  readonly says?: RegExp;
  /** Whether replies count as lost, doubled or corrupted; not checked if absent. */
  readonly wrong?: boolean;
  readonly code: number;
  /** How long after the fault the trial may end, in milliseconds. */
  readonly withinMs: number;
  /** Most memory of the generator in MiB; absent for the usual bound. */
  readonly mostMib?: number;
}

/** Why there is no such cell. */
export interface Cannot {
  readonly cannot: string;
}

export interface Fault {
  /** Its name; a fault of the server is passed to its program by it. */
  readonly id: string;
  readonly title: string;
  readonly by: Doer;
  readonly phases: Readonly<Record<Phase, Expected | Cannot>>;
  /** What must come out in the window over other carriers than the engine of the table. */
  readonly carriers?: Readonly<Partial<Record<Carrier, Expected>>>;
  /** The scenario of a phase (`rate`). */
  readonly scenario?: (phase: Phase) => "rate" | "connect";
  readonly files?: number;
  /** How many connections there are in the scenario `rate` (4). */
  readonly connections?: number;
}

/** How long a trial may take after its fault if there is nothing to wait for, in milliseconds. */
const SOON_MS = 6_000;

/** The trial fails, and the run goes on. */
export function fails(says: RegExp, withinMs: number = SOON_MS): Expected {
  return { trial: "failed", says, code: 1, withinMs };
}

/** The trial is completed; the exit code of the run says whether replies were wrong. */
export function completes(
  more: Partial<Pick<Expected, "wrong" | "withinMs" | "says">> = {},
): Expected {
  return { trial: "completed", code: more.wrong ? 1 : 0, withinMs: SOON_MS, ...more };
}

export function cannot(reason: string): Cannot {
  return { cannot: reason };
}

/** The same in every phase except those given. */
export function everywhere(
  usual: Expected | Cannot,
  others: Partial<Record<Phase, Expected | Cannot>> = {},
): Record<Phase, Expected | Cannot> {
  return Object.fromEntries(PHASES.map((phase) => [phase, others[phase] ?? usual])) as Record<
    Phase,
    Expected | Cannot
  >;
}

export function ofServer(
  id: string,
  title: string,
  phases: Fault["phases"],
  more: Partial<Fault> = {},
): Fault {
  return { id, title, by: "server", phases, ...more };
}
