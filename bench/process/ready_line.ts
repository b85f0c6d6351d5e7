/**
 * What is believed of a ready line: a server may be anybody's, and could make the runner measure any process and load
 * any machine.
 */

import type { Absent } from "../../measure/model/result.ts";
import { masked } from "../../measure/text/secrets.ts";
import type { ReadyLine } from "../../servers/types.ts";
import type { Child } from "./child.ts";
import { isLoopback } from "./reachability.ts";

/** How much of a text of a server is kept, in characters, and of how many notes. */
export const LONGEST_TEXT = 500;
const MOST_NOTES = 20;

/**
 * Reads a ready line; undefined for any other that a server may print. Only what belongs to it is kept, and no more of
 * its texts than a table can show.
 */
export function parseReadyLine(line: string): ReadyLine | undefined {
  if (!line.startsWith("{")) return undefined;
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { ready, url, pid, server, runtime, library, notes } = value;
  const isComplete = ready === true && isWebSocketUrl(url) && Number.isSafeInteger(pid) &&
    (pid as number) > 0;
  if (!isComplete || !isText(server) || !isText(runtime) || !isText(library)) return undefined;
  return {
    ready,
    url,
    pid: pid as number,
    server: cut(server),
    runtime: cut(runtime),
    library: cut(library),
    ...(Array.isArray(notes) && { notes: notes.filter(isText).slice(0, MOST_NOTES).map(cut) }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isWebSocketUrl(value: unknown): value is string {
  return isText(value) && value.length <= LONGEST_TEXT && /^wss?:\/\//i.test(value) &&
    URL.canParse(value);
}

function cut(text: string): string {
  const plain = masked(text.toWellFormed());
  return plain.length <= LONGEST_TEXT
    ? plain
    : `${plain.slice(0, LONGEST_TEXT - 1)}…`.toWellFormed();
}

/** A ready line whose process is the server's own, or not known. */
export type Believed = Omit<ReadyLine, "pid"> & { readonly pid: number | Absent };

/** Addresses that mean every address of this machine. */
const ANY: readonly string[] = ["0.0.0.0", "[::]"];

/**
 * Checks a ready line.
 *
 * @param child the process that printed it: the one that it names must be that, or one that it has started
 * @throws {Error} if its URL is not of this machine
 */
export function believed(line: ReadyLine, child: Pick<Child, "owns">, hostname: string): Believed {
  const { pid } = line;
  const url = new URL(line.url);
  const asked = hostname.includes(":") ? `[${hostname}]` : hostname;
  const isHere = isLoopback(url.href) || ANY.includes(url.hostname) ||
    url.hostname === URL.parse(`ws://${asked}/`)?.hostname;
  if (!isHere) {
    throw new Error(
      `${url.href} in its ready line is not on this machine: let it print a URL of ${hostname}`,
    );
  }
  const isOwn = child.owns(pid);
  return {
    ...line,
    url: url.href,
    pid: isOwn ? pid : { absent: `the process ${pid} of its ready line is not its own` },
  };
}
