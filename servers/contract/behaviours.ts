/** What the TypeScript servers answer, whatever library carries it. */

import type { Asked, Behaviour } from "../types.ts";
import { PUSH } from "./stream.ts";
import order from "../document.json" with { type: "json" };

/** Those that have one path. */
export const behaviours: readonly Exclude<Behaviour, "/push">[] = [
  "/echo",
  "/tag",
  "/json",
  "/broadcast",
];

/** The text that `/json` answers with: the document in `document.json` in its shortest form, 1,024 bytes of UTF-8. */
export const document: string = JSON.stringify(order);

/** The largest message that the servers are set to accept, in bytes: as close as possible to Deno.serve's fixed limit. */
export const maxMessageBytes: number = 64 * 1024 * 1024;

/** The paths of rooms: N is a number. */
export const ROOM = /^\/room\/\d{1,9}$/;

/** What a path, with or without a query, asks for; `/` is `/echo`. */
export function askedAt(target: string): Asked | undefined {
  const path = target.split("?", 1)[0]!;
  if (ROOM.test(path)) return { behaviour: "/broadcast", path };
  if (PUSH.test(path)) return { behaviour: "/push", path };
  const behaviour = path === "/" ? "/echo" : behaviours.find((behaviour) => behaviour === path);
  return behaviour && { behaviour, path };
}

/** Who listens at which path: what one of them sends goes to all at the same one. */
export class Audiences<Listener> {
  readonly #byPath = new Map<string, Set<Listener>>();

  /** Who listens at a path. */
  at(path: string): ReadonlySet<Listener> {
    return this.#byPath.get(path) ?? NOBODY;
  }

  /** Adds a listener. */
  join(path: string, listener: Listener): void {
    const audience = this.#byPath.get(path);
    if (audience === undefined) this.#byPath.set(path, new Set([listener]));
    else audience.add(listener);
  }

  /** Removes a listener, and the room with the last one. */
  leave(path: string, listener: Listener): void {
    const audience = this.#byPath.get(path);
    if (audience?.delete(listener) && audience.size === 0) this.#byPath.delete(path);
  }
}

const NOBODY: ReadonlySet<never> = new Set();

/** What `/tag` answers: the text received with ` - N` appended, N random in 0…999. */
export function tag(text: string): string {
  return `${text} - ${Math.floor(Math.random() * 1000)}`;
}
