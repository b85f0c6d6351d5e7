/** Servers that run already, and what is to be known of how connections to a server of the user's own are opened. */

import { needsNode } from "../../clients/wire/transport/endpoint.ts";
import type { Absent } from "../../measure/model/result.ts";
import { masked } from "../../measure/text/secrets.ts";
import type { AtUrl, ServerEntry } from "../../servers/types.ts";
import { hushed } from "../plan/own_servers/secrets.ts";
import { isLoopback, targetUrl } from "../process/reachability.ts";
import { accountable, type Ready, type ServerProcess } from "../process/ready.ts";
import { UsageError } from "../usage.ts";
import type { Accepted, Target } from "./handshake.ts";
import { reach, type Reached, targetOf } from "./reach.ts";
import { remedyFor } from "./remedy.ts";

/**
 * Looks for a server that runs already.
 *
 * @throws {UsageError} if it accepts no handshake, and what can be done about that is known
 * @throws {Error} if that is not known
 */
export async function findRunning(
  entry: ServerEntry,
  { url, pid }: AtUrl,
  patienceMs: number,
  signal?: AbortSignal,
): Promise<ServerProcess> {
  const { id, path = "/", handshake } = entry;
  const late = AbortSignal.timeout(patienceMs);
  const { answer, ...reached } = await reach(
    targetOf(entry),
    handshake?.follow === true,
    signal ? AbortSignal.any([late, signal]) : late,
  );
  if (!answer.isAccepted) {
    const remedy = await remedyFor(entry, reached.target, answer, "name it in the URL");
    const said = hushed(entry, answer.reason);
    const text = `${id} accepts no handshake at ${targetUrl(url, path)}: ${said}${remedy}`;
    throw remedy === "" ? new Error(text) : new UsageError(text);
  }
  const unknown: Absent = isLoopback(reached.target.url)
    ? { absent: "the id of the server's process was not given (--pid)" }
    : { absent: "the server's process is not on this machine" };
  const notes = [
    `It ran already, at ${url}: all trials have the same process.`,
    ...connectNotes(entry, { answer, ...reached }),
  ];
  return {
    ready: accountable({ ...whereOf(reached.target), pid: pid ?? unknown, notes }),
    ended: new Promise(() => {}),
    stop: () => Promise.resolve(),
  };
}

/** Where connections go, for those who open them. */
export function whereOf(
  { url, path, connect }: Target,
): Pick<Ready, "url" | "path" | "connect"> {
  return { url, path, ...(connect !== undefined && { connect }) };
}

/** What a server of the user's own is expected to do. */
export function echoNote(path: string): string {
  return `Every scenario sends to ${path} and expects the message itself as the reply.`;
}

/** What a reader must know of where and how connections are opened, a sentence each. */
export function connectNotes(
  entry: ServerEntry,
  { target, answer: { subprotocol }, isRedirected }: Reached<Accepted>,
): string[] {
  const { url, path, connect = {} } = target;
  const { subprotocols = [], tls = {} } = connect;
  const there = masked(targetUrl(url, path));
  const chosen = subprotocol === undefined
    ? `It chose none of the subprotocols that were offered: ${subprotocols.join(", ")}.`
    : `It chose the subprotocol ${subprotocol}.`;
  return [
    echoNote(entry.path ?? "/"),
    ...(isRedirected ? [`It redirects to "${there}", where all connections are opened.`] : []),
    ...(subprotocols.length > 0 ? [chosen] : []),
    ...(tls.insecure ? ["Its certificate is not checked."] : []),
    ...(needsNode(tls)
      ? [
        "The client wire reaches it by node:tls, which takes more of its CPU time for a message than Deno's own TLS.",
      ]
      : []),
  ].map((note) => hushed(entry, note));
}
