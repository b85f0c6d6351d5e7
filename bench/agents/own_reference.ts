/**
 * The reference server of each agent, which shows what the agent can drive at most: it is on the agent's own machine, so that
 * neither the network nor one server for all is the limit.
 */

import { reference } from "../../servers/mod.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { type ServerProcess, startServer } from "../process/server_process.ts";

const LOOPBACK = "127.0.0.1";

/** Whether each agent has its own of this server. */
export function isOwnOfAgents({ id }: Pick<ServerEntry, "id">): boolean {
  return id === reference.id;
}

/** Starts that of this machine; rejects if it does not get ready. */
export function startOwnReference(): Promise<ServerProcess> {
  return startServer(reference, { hostname: LOOPBACK });
}

/** A URL of a task at the server of this machine. */
export function ownUrl(url: string, { ready }: ServerProcess): string {
  const { pathname, search } = new URL(url);
  return `${new URL(ready.url).origin}${pathname}${search}`;
}

/** What a coordinator knows of the reference servers of its agents, none of which it has started. */
export function referencesOfAgents(): ServerProcess {
  return {
    ready: {
      url: `ws://${LOOPBACK}:1/`,
      pid: { absent: "each agent has a reference server of its own" },
    },
    ended: new Promise(() => {}),
    stop: () => Promise.resolve(),
  };
}
