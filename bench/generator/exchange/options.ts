/** What is exchanged in a trial, and with whom. */

import type { ConnectOptions } from "../../../clients/types.ts";
import type { TimelineKind } from "../../../measure/record/recorder.ts";
import type { TimelineSlice } from "../../../measure/model/result.ts";
import type { CaseParameters } from "../../../scenarios/parameters.ts";
import type { Payload } from "../../../scenarios/payload/payload.ts";
import type { OpeningRate } from "../../../scenarios/traffic/timing/opening.ts";
import type { StreamOptions } from "./pushes.ts";
import type { Load, RestartSignal, Traffic } from "../../../scenarios/traffic/types.ts";

/** One of the generators that share a trial. */
export interface Part {
  /** From 0. */
  readonly index: number;
  readonly of: number;
  /** Letters and digits that all generators of the trial have, and no other trial has. */
  readonly trial?: string | undefined;
}

/** What is exchanged, and with whom. */
export interface ExchangeOptions {
  readonly url: string;
  readonly traffic: (load: Load) => Traffic;
  /** Makes the messages and checks the replies. */
  readonly payload: Payload;
  /** What the timeline follows. */
  readonly timeline: TimelineKind;
  /** How messages are compressed; not at all when left out. Only own frames are. */
  readonly deflate?: CaseParameters["deflate"];
  /** At which rate the first connections are opened; as fast as the server takes them when left out. */
  readonly opening?: OpeningRate;
  /** How many single latencies are kept; none when left out. */
  readonly samples?: number;
  /** Has the server stopped with a signal and started again. */
  readonly restart?: ((signal: RestartSignal) => void) | undefined;
  /** Length of the slices of the timeline in milliseconds; 100 when left out. */
  readonly sliceMs?: number | undefined;
  /** What is known of streams, where the server sends by itself. */
  readonly streams?: StreamOptions | undefined;
  /** How connections are opened, in addition to the URL. */
  readonly connect?: ConnectOptions | undefined;
  /** Which of the generators of a trial this is, and how many there are; the only one when left out. */
  readonly part?: Part | undefined;
  /** Gets the slices of the timeline as they are closed. */
  readonly closed?: ((slices: readonly TimelineSlice[]) => void) | undefined;
}
