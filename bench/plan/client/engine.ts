/** Which engine carries the bytes of the wire client. */

import type { Settings } from "../../../measure/model/result.ts";
import { openLibc } from "../../../clients/wire/transport/libc.ts";
import { whyNoUring } from "../../../clients/wire/transport/uring.ts";
import { unknownWord } from "../../choice.ts";
import { UsageError } from "../../usage.ts";

const ENGINES: readonly string[] = ["auto", "epoll", "uring", "tcp"];

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

const WHY_NOT = { epoll: whyNoEpoll, uring: whyNoUring } as const;

/**
 * Decides the engine on this machine. All cases of a run have the same, or a difference between the engines would
 * look like one between the cases.
 *
 * @param hasTls whether there are connections over TLS, which only tcp can carry
 * @throws {UsageError} for another word, and for an engine that cannot be used
 */
export function chooseEngine(wanted: string, hasTls: boolean = false): Settings["engine"] {
  if (!ENGINES.includes(wanted)) {
    throw new UsageError(`Unknown ${unknownWord("engine", wanted, ENGINES)}`);
  }
  if (wanted === "tcp") return { id: "tcp" };
  const id = wanted === "uring" ? "uring" : "epoll";
  const reason = hasTls
    ? `${id} carries no TLS, and all cases of a run have the same engine`
    : WHY_NOT[id]();
  if (reason === undefined) return { id };
  if (wanted !== "auto") {
    throw new UsageError(
      `The engine ${id} cannot be used: ${reason}${hasTls ? `; leave --engine ${id} out` : ""}`,
    );
  }
  return { id: "tcp", reason };
}
