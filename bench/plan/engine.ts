/** Which engine carries the bytes of the wire client. */

import type { Settings } from "../../measure/model/result.ts";
import { openLibc } from "../../clients/wire/transport/libc.ts";
import { unknownWord } from "../choice.ts";
import { UsageError } from "../usage.ts";

const ENGINES: readonly string[] = ["auto", "epoll", "tcp"];

const NO_TLS = "epoll carries no TLS, and all cases of a run have the same engine";

/** Why epoll cannot be used here; undefined if it can. */
function whyNoEpoll(): string | undefined {
  try {
    openLibc().dispose();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

export function hasEpoll(): boolean {
  return whyNoEpoll() === undefined;
}

/**
 * Decides the engine on this machine. All cases of a run have the same, or a difference between the engines would
 * look like one between the cases.
 *
 * @param hasTls whether there are connections over TLS, which only tcp can carry
 * @throws {UsageError} for another word, and for epoll if it cannot be used
 */
export function chooseEngine(wanted: string, hasTls: boolean = false): Settings["engine"] {
  if (!ENGINES.includes(wanted)) {
    throw new UsageError(`Unknown ${unknownWord("engine", wanted, ENGINES)}`);
  }
  if (wanted === "tcp") return { id: "tcp" };
  const reason = hasTls ? NO_TLS : whyNoEpoll();
  if (reason === undefined) return { id: "epoll" };
  if (wanted === "epoll") {
    throw new UsageError(
      `The engine epoll cannot be used: ${reason}${hasTls ? "; leave --engine epoll out" : ""}`,
    );
  }
  return { id: "tcp", reason };
}
