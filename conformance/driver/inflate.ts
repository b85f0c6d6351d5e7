/** Inflates what the other side has compressed. */

import type { AgreedDeflate } from "../../clients/wire/handshake/handshake.ts";
import { inflaterFor } from "../../clients/wire/handshake/inflater.ts";
import type { Inflate } from "./frame_reader.ts";

/** The most that a message may have, in bytes: a case asks for a quarter of it. */
const MOST_BYTES = 2 ** 27;

/** Inflates the messages of a connection; throws for what is no compressed message. */
export function inflateOf(agreed: AgreedDeflate): Inflate {
  const inflater = inflaterFor(agreed);
  return (payload) => {
    const length = inflater.inflate(payload, 0, payload.length, MOST_BYTES);
    return inflater.output.slice(0, length) as Uint8Array<ArrayBuffer>;
  };
}
