/** What runs servers, and how it is made to tell of itself. One runtime is one file, and a line in `mod.ts`. */

import type { Place } from "./hub.ts";
import type { Report } from "./report.ts";

/** The window, by the clock of the machine: milliseconds since 1970. */
export interface ClockWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A runtime that tells of its garbage, its heap or its event loop. */
export interface Runtime {
  /** What the list of servers calls it; several that are made to tell in the same way. */
  readonly ids: readonly string[];
  /**
   * The variables of the environment that make it tell, whatever starts it; what they name is written to the folder.
   */
  prepare(folder: string, place: Place): Readonly<Record<string, string>>;
  /**
   * Reads what it left in the folder, of a runtime that does not connect to the hub.
   *
   * @param pids the processes of the server, if they are known
   */
  read?(
    folder: string,
    pids: ReadonlySet<number> | undefined,
    window: ClockWindow,
  ): readonly Report[];
}
