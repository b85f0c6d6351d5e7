/** The cells of the table: every fault in every phase, and faults of frames over every carrier. */

import type { Engine } from "../../bench/generator/wire/exchange.ts";
import { agentRows } from "./agent_rows.ts";
import { frameRows } from "./frame_rows.ts";
import { handshakeRows } from "./handshake_rows.ts";
import { outsideRows } from "./outside_rows.ts";
import { type Phase, PHASES } from "./phases.ts";
import { serverRows } from "./server_rows.ts";
import type { Cannot, Carrier, Expected, Fault } from "./types.ts";

export interface Cell {
  /** Fault, phase and, unless it is the engine of the table, carrier: `garbage.window.tcp`. */
  readonly name: string;
  readonly fault: Fault;
  readonly phase: Phase;
  readonly carrier: Carrier;
  readonly expected: Expected;
}

export type NoCell = Pick<Cell, "name" | "fault" | "phase"> & Cannot;

export interface Seen {
  readonly cell: Cell;
  /** What became of the trial, in words. */
  readonly outcome: string;
  readonly code: number;
  /** From the fault to the end of the trial, or of the run if the trial did not end; in milliseconds. */
  readonly ms: number | undefined;
  /** Most resident memory of the runner, in bytes. */
  readonly runnerBytes: number;
  /** Most resident memory of the generator, in bytes; 0 if it ended too soon to be measured. */
  readonly generatorBytes: number;
  /** What is wrong, a phrase each. */
  readonly wrong: readonly string[];
  /** Why it could not be tried on this machine. */
  readonly skipped?: string;
}

export const rows: readonly Fault[] = [
  ...serverRows,
  ...handshakeRows,
  ...frameRows,
  ...outsideRows,
  ...agentRows,
];

/**
 * All cells that can occur, and those that cannot.
 *
 * @param engine carries those that name no carrier
 */
export function cellsOf(
  faults: readonly Fault[],
  engine: Engine = "epoll",
): { cells: Cell[]; none: NoCell[] } {
  const cells: Cell[] = [];
  const none: NoCell[] = [];
  for (const fault of faults) {
    const compared = "cannot" in fault.phases.window ? "connect" : "window";
    const { [engine]: own, ...carriers } = fault.carriers ?? {};
    for (const phase of PHASES) {
      const one = fault.phases[phase];
      const name = `${fault.id}.${phase}`;
      if ("cannot" in one) none.push({ name, fault, phase, ...one });
      else {
        const expected = phase === compared ? own ?? one : one;
        cells.push({ name, fault, phase, carrier: engine, expected });
      }
    }
    for (const [carrier, expected] of Object.entries(carriers) as [Carrier, Expected][]) {
      const name = `${fault.id}.${compared}.${carrier}`;
      cells.push({ name, fault, phase: compared, carrier, expected });
    }
  }
  return { cells, none };
}
