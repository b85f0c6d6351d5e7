/** An exchange over real sockets whose window lasts until enough has happened in it. */

import { drive, type DriveOptions, type DriveOutcome } from "../generator/drive.ts";
import { WireExchange } from "../generator/wire/exchange.ts";

/** Guards against a hang, in milliseconds. */
const PATIENCE_MS = 120_000;
/** Between two looks, in milliseconds. */
const EVERY_MS = 20;
const PATIENCE = {
  connectMs: PATIENCE_MS,
  batchMs: PATIENCE_MS,
  drainMs: PATIENCE_MS,
  closeMs: PATIENCE_MS,
};

/** What a trial of a test needs. */
export interface PatientOptions extends Omit<DriveOptions, "at" | "patience"> {
  /** Called at each moment. */
  readonly at?: DriveOptions["at"];
  /** Whether enough has happened in the window; before that it does not end, because a slow machine takes its time. */
  readonly enough?: () => boolean;
  /** Whether nothing is to be waited for though something is outstanding: what the server never answers. */
  readonly settled?: () => boolean;
  /** How long to wait for the last replies, if it is not known whether any will come, in milliseconds. */
  readonly drainMs?: number;
}

/** An exchange over own frames whose phases last as long as a test needs them. */
export class PatientExchange extends WireExchange {
  #enough = (): boolean => true;
  #settled = (): boolean => false;
  /** The reply that was due on each connection when the window began. */
  #due: number[] = [];

  /** Drives it through its phases; once. */
  drive(options: PatientOptions): Promise<DriveOutcome> {
    const { enough = this.#enough, settled = this.#settled, drainMs = PATIENCE_MS } = options;
    this.#settled = settled;
    return drive(this, {
      ...options,
      patience: { ...PATIENCE, drainMs },
      at: (moment) => {
        this.#due = Array.from({ length: this.measured }, (_, slot) => this.ledger.expected(slot));
        this.#enough = moment === "window starts" ? enough : () => true;
        options.at?.(moment);
      },
    });
  }

  /** Whether each measured connection has had a reply since the window began. */
  get isServed(): boolean {
    return this.#due.every((due, slot) => this.ledger.expected(slot) > due);
  }

  override get isSettled(): boolean {
    return super.isSettled || this.#settled();
  }

  override async until(ms: number, condition: () => boolean): Promise<boolean> {
    let holds = await super.until(ms, condition);
    for (let left = PATIENCE_MS; !holds && left > 0 && !this.#enough(); left -= EVERY_MS) {
      holds = await super.until(EVERY_MS, condition);
    }
    return holds;
  }
}
