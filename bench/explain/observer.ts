/** What watches the server of an explaining trial. One kind of figure is one file, and a line in `mod.ts`. */

import type { CounterId } from "../../measure/explain/counters.ts";
import type { Figure } from "../../measure/model/result.ts";
import type { ServerEntry } from "../../servers/types.ts";

/** What is watched. */
export interface Target {
  /** The server. */
  readonly server: ServerEntry;
  /** Its process on this machine. */
  readonly pid: number;
  /** Where files can be left meanwhile: removed when the trial is over. */
  readonly folder: string;
}

/** The window, once it is over. */
export interface Window {
  /** Replies in it. */
  readonly replies: number;
  /** How long it was open, in milliseconds. */
  readonly windowMs: number;
}

/** What an observer found. */
export interface Observation {
  /** Totals of the window, by counter; shares as they are. */
  readonly totals: { readonly [id in CounterId]?: Figure };
  /** A CPU profile in speedscope's format, or why there is none; absent from observers that make none. */
  readonly profile?: string | { readonly absent: string };
}

/** A look at a server from before its window until its end. */
export interface Watch {
  /** The window starts now. */
  windowStarts?(): void;
  /** The window ends now. */
  windowEnds?(): void;
  /** The traffic is over, and the server still runs. */
  detach?(): Promise<void>;
  /** Reads what was found; the server has ended. Never rejects: what cannot be had is absent, with the reason. */
  read(window: Window): Promise<Observation> | Observation;
}

/** What a server is started with for an observer. */
export interface Preparation {
  /** Variables of its environment; lists of options are joined to those that are there. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Makes its command line of what it would be, program first. */
  command?(command: readonly string[]): readonly string[];
}

/** A kind of figure that can be had of a server; made anew for each trial. */
export interface Observer {
  /** Not asked of a server that runs already. */
  prepare?(server: ServerEntry, folder: string): Preparation;
  /** Begins to watch; the server is ready, and no connection is open. */
  attach(target: Target): Promise<Watch> | Watch;
  /** The trial is over, whether or not the server got ready. */
  close?(): void;
}
