/** A way to take a CPU profile of a server. One way is one file, and a line in `mod.ts`. */

import type { CpuProfile } from "../../../measure/explain/profile/profile.ts";
import type { Absent } from "../../../measure/model/result.ts";
import type { ServerEntry } from "../../../servers/types.ts";
import type { Preparation, Target } from "../observer.ts";

/** A profile that is being taken. */
export interface Sampling {
  /** The window starts now. */
  start?(): void;
  /** The window ends now. */
  end?(): void;
  /** The traffic is over, and the server still runs. */
  detach?(): Promise<void>;
  /** The profile of the window; the server has ended. What it rejects with is why there is none. */
  read(): Promise<CpuProfile | Absent>;
}

/** A way to take a CPU profile. */
export interface Way {
  /** Its name in `WSMARK_PROFILER`. */
  readonly id: string;
  /** Why a server cannot be profiled so on this machine, as a phrase; undefined if it can. */
  missing(server: ServerEntry): string | undefined;
  /** What the server is started with for it. */
  prepare?(server: ServerEntry, folder: string): Preparation;
  /** Begins, before the window; absent if it cannot be done after all. */
  attach(target: Target): Promise<Sampling | Absent>;
}

/** What runs a server, if that is known before it starts: the id of a runtime. */
export function runtimeOf({ launch }: ServerEntry): string | undefined {
  return launch.by === "contract" ? launch.runtime : undefined;
}
