/**
 * How messages are written, by what is spoken and whether they are compressed.
 *
 * @module
 */

import type { Payload } from "../../../scenarios/payload/payload.ts";
import type { Protocol } from "../../../servers/types.ts";
import { plainDeflateDialect, socketIoDeflateDialect } from "./deflate_dialect.ts";
import { type Dialect, plainDialect, socketIoDialect } from "./dialect.ts";

export type { Dialect } from "./dialect.ts";

const DIALECTS: {
  readonly [protocol in Protocol]: Readonly<
    Record<"plain" | "compressed", (url: string, payload: Payload) => Dialect>
  >;
} = {
  websocket: { plain: plainDialect, compressed: plainDeflateDialect },
  "socket.io": { plain: socketIoDialect, compressed: socketIoDeflateDialect },
};

/** The dialect of an exchange. */
export function dialectOf(
  protocol: Protocol,
  url: string,
  payload: Payload,
  isCompressed: boolean,
): Dialect {
  return DIALECTS[protocol][isCompressed ? "compressed" : "plain"](url, payload);
}
