/** What is known of a server that accepts connections, however it was started. */

import type { ConnectOptions } from "../../clients/types.ts";
import { endpointAt } from "../../clients/wire/transport/endpoint.ts";
import { type Absent, isMeasured } from "../../measure/model/result.ts";
import type { RestartSignal } from "../../scenarios/traffic/types.ts";
import type { ReadyLine } from "../../servers/types.ts";
import type { ServerSampler } from "../generator/together/server_samples.ts";
import { strangerAt } from "../machine/usage/listeners.ts";

/** What is known about a server that accepts connections. */
export interface Ready extends Partial<Pick<ReadyLine, "runtime" | "library" | "notes">> {
  /** Base URL: a path is appended to it. */
  readonly url: string;
  /** Id of its process, whose tree is measured, or why that cannot be. */
  readonly pid: number | Absent;
  /** The one path at which it returns what it is sent; absent for one that has the paths of the behaviours. */
  readonly path?: string;
  /** How connections are opened, in addition to the URL; absent for a server of the list. */
  readonly connect?: ConnectOptions;
}

export interface ServerProcess {
  readonly ready: Ready;
  /** Resolves to how it ended, in words. */
  readonly ended: Promise<string>;
  /**
   * Stops it, with whatever it has started itself; one that ran already goes on.
   *
   * @param signal what it is stopped with: SIGTERM when left out, then SIGKILL
   */
  stop(signal?: RestartSignal): Promise<void>;
  /** Resolves to why the machine that it is on is lost; absent for this machine. */
  readonly lost?: Promise<string>;
  /** Looks whether that is so now; undefined if it is not. */
  whyLost?(): Promise<string | undefined>;
  /** How many files it may have open, if that is known and its process is not one of this machine. */
  readonly descriptors?: string;
  /** Begins to sample it on its machine, before the first connection; absent for this machine. */
  sample?(): Promise<ServerSampler>;
}

/** What is known about a server, without its process if another one listens at its port. */
export function accountable(ready: Ready): Ready {
  const { url, pid } = ready;
  const stranger = isMeasured(pid) ? strangerAt(endpointAt(url).port, pid) : undefined;
  return stranger === undefined ? ready : { ...ready, pid: { absent: stranger } };
}
