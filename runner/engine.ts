/**
 * Which engine carries the bytes of the wire client.
 *
 * @module
 */

import type { Settings } from "../measure/result.ts";
import { openLibc } from "../wire/libc.ts";
import { pick, UsageError } from "./usage.ts";

/** The engines that can be asked for. */
const ENGINES = [{ id: "auto" }, { id: "epoll" }, { id: "tcp" }] as const;

/** Why epoll cannot be used here; undefined where it can. */
function whyNoEpoll(): string | undefined {
  try {
    openLibc().dispose();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether epoll can be used here. */
export function hasEpoll(): boolean {
  return whyNoEpoll() === undefined;
}

/**
 * Decides the engine on this machine.
 *
 * @param wanted `auto`, `epoll` or `tcp`
 * @throws {UsageError} for another word, and for epoll where it cannot be used
 */
export function chooseEngine(wanted: string): Settings["engine"] {
  const [{ id } = ENGINES[0]] = pick("engine", [wanted], ENGINES);
  if (id === "tcp") return { id };
  const reason = whyNoEpoll();
  if (reason === undefined) return { id: "epoll" };
  if (id === "epoll") throw new UsageError(`The engine epoll cannot be used: ${reason}`);
  return { id: "tcp", reason };
}
