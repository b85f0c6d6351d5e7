/** The wire client as an echo: what the server sends on a connection is sent back, until it has ended. */

import { client as wire } from "../../../clients/wire.ts";
import { OPCODE } from "../../../clients/wire/frame/frame.ts";
import type { Deflate } from "../../../clients/wire/handshake/handshake.ts";
import { numbered } from "../../../scenarios/payload/payload.ts";
import type { Traffic } from "../../../scenarios/traffic/types.ts";
import { type Engine, WireExchange } from "../../generator/wire/exchange.ts";
import { Slot } from "../../generator/wire/slot.ts";
import { addressOf } from "../../process/reachability.ts";

/** What echoes: the generator over one of its engines, or the client of the list. */
export type Echo = Engine | "client";

export const ECHOES: readonly Echo[] = ["epoll", "uring", "tcp", "client"];

/** Guards against a hang, in milliseconds: the suite ends a case after a few seconds. */
const PATIENCE_MS = 120_000;

/** One connection on which the client begins nothing. */
const silent: Traffic = {
  connections: 1,
  slots: 1,
  depth: 1,
  phases: "any time",
  start() {},
  replied() {},
  stop() {},
};

class EchoExchange extends WireExchange {
  /** How its connection ended, in words; undefined before that. */
  ending: string | undefined;
  readonly #slot = new Slot(this, 0);

  protected override get checksText(): boolean {
    return true;
  }

  override takeReply(
    _number: number,
    isText: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.sendFrame(this.#slot, isText ? OPCODE.text : OPCODE.binary, buffer, start, end);
  }

  protected override closed(_number: number, why: string): void {
    this.ending = why;
    this.changed();
  }
}

/**
 * Echoes on one connection.
 *
 * @param url of the server, with the path that it echoes at
 * @param deflate set if it offers to compress, which only an engine does
 * @returns how it ended, in words
 * @throws {Error} if it lasts longer than two minutes
 */
export async function echo(by: Echo, url: string, deflate?: Deflate): Promise<string> {
  if (by === "client") return await echoByClient(url);
  using exchange = new EchoExchange(by, "websocket", {
    url,
    traffic: () => silent,
    payload: numbered(16),
    timeline: "replies",
    ...(deflate !== undefined && { deflate }),
  }, await addressOf(url));
  exchange.connect();
  const hasEnded = await exchange.until(PATIENCE_MS, () => exchange.ending !== undefined);
  if (!hasEnded) throw new Error(`Lasts longer than ${PATIENCE_MS} ms: ${url}`);
  return exchange.ending!;
}

function echoByClient(url: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const connection = wire.connect(url, {
    opened() {},
    received: (message) => connection.send(message),
    closed: (code, reason) => resolve(`code ${code}, ${reason}`),
  });
  return promise;
}
