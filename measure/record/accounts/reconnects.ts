/** What happened to connections that were broken off, until all were back. */

import { type Account, type AccountKind, type CountsOf, WindowAccount } from "./account.ts";
import { Histogram } from "../histogram.ts";

/** What happened to connections that were broken off in the window. */
export const RECONNECTS = {
  name: "reconnects",
  about: "What happened to connections that were broken off in the window, until all were back.",
  counts: {
    cuts: {
      title: "Cuts",
      about: "How often all connections were broken off.",
      together: "largest",
    },
    lost: {
      title: "Connections cut",
      about: "Connections that were broken off.",
      together: "sum",
    },
    back: {
      title: "Connections back",
      about: "Connections that were opened again and answered a message.",
      together: "sum",
    },
    attempts: {
      title: "Attempts",
      about: "Attempts to open one of them again.",
      together: "sum",
    },
    errors: {
      title: "Failed attempts",
      about: "Attempts that failed: refused, or closed before a message was answered.",
      together: "sum",
    },
  },
  histograms: {
    outageTime: {
      title: "Outage",
      prefix: "outage.",
      name: "Outage",
      question: "How long are the connections without an answer that are the last to be back?",
    },
  },
} as const satisfies AccountKind;

const NS_PER_MS = 1e6;

/** Keeps the account of one trial. All times are milliseconds of one monotonic clock. */
export class ReconnectAccount extends WindowAccount implements Account {
  readonly kind = RECONNECTS;
  /** From when a connection was broken off until it answered a message again. */
  readonly histograms = { outageTime: new Histogram() };
  #cuts = 0;
  #lost = 0;
  #back = 0;
  #attempts = 0;
  #errors = 0;

  override begin(nowMs: number): void {
    super.begin(nowMs);
    this.#cuts =
      this.#lost =
      this.#back =
      this.#attempts =
      this.#errors =
        0;
  }

  /** All connections are being broken off. */
  cut(): void {
    this.#cuts++;
  }

  /** A connection is broken off. */
  lose(): void {
    this.#lost++;
  }

  /** It is being opened again. */
  attempt(): void {
    this.#attempts++;
  }

  /** That failed. */
  fail(): void {
    this.#errors++;
  }

  /** It has answered a message. */
  recover(lostMs: number, nowMs: number): void {
    this.#back++;
    this.histograms.outageTime.record(Math.floor((nowMs - lostMs) * NS_PER_MS));
  }

  counts(): CountsOf<typeof RECONNECTS> {
    return {
      cuts: this.#cuts,
      lost: this.#lost,
      back: this.#back,
      attempts: this.#attempts,
      errors: this.#errors,
    };
  }
}
