/**
 * What is believed of a ready line: a server may be anybody's, and could make the runner measure any process and load
 * any machine.
 */

import type { Absent } from "../../measure/model/result.ts";
import type { ReadyLine } from "../../servers/types.ts";
import type { Child } from "./child.ts";
import { isLoopback } from "./reachability.ts";

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
