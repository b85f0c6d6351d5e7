/** What follows a run while it goes on: the page of `--live`, the metrics of `--metrics`. */

import type { Pulse } from "../../bench/generator/pulse.ts";
import type { RunEvent } from "../../bench/run/run.ts";

/** Disposing ends it. */
export interface RunFollower extends AsyncDisposable {
  /** Where it is served. */
  readonly url: string;
  happened(event: RunEvent): void;
  /** The running trial goes on. */
  pulse(pulse: Pulse): void;
  /**
   * The reports are written, as far as they could be: if the page is among them the live view links to it.
   *
   * @param failure why the run was ended, if that was not asked for
   */
  reported(failure?: string): void;
}
