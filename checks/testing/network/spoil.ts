/**
 * Spoils what a WebSocket server sends through a relay: each K-th message that has a text once is dropped, sent twice,
 * sent after the next one, or changed.
 */

import { headerSize } from "../../../clients/wire/frame/frame.ts";
import type { Later, RelayOptions } from "./relay.ts";

/** What is done to a message. */
export type Fault = "none" | "drop" | "duplicate" | "reorder" | "change";

/** What is done to which messages. */
export interface Spoiling {
  readonly fault: Fault;
  /** It is done to every so many-th message. */
  readonly every: number;
  /** A text that messages have once of which that is one. */
  readonly only: string;
}

/** Spoils, and counts. */
export interface Spoiler {
  readonly change: NonNullable<RelayOptions["change"]>;
  /** How many messages were spoilt so far. */
  readonly spoilt: number;
}

/** How long a message is held back so that the next one overtakes it, in milliseconds. */
const HELD_MS = 1000;

const latin1 = new TextDecoder("latin1");

/** Makes what spoils the messages of all connections of a relay. */
export function spoiler({ fault, every, only }: Spoiling): Spoiler {
  const mark = latin1.decode(new TextEncoder().encode(only));
  let seen = 0;
  let spoilt = 0;

  function spoil({ send, signal }: Later): (frame: Uint8Array) => Uint8Array[] {
    let held: Uint8Array | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    signal.addEventListener("abort", () => clearTimeout(timer));
    return (frame) => {
      const marks = fault === "none" ? 0 : countOf(frame, mark);
      if (marks === 0) return [frame];
      if (held !== undefined) {
        // A server that is busy puts several messages into one frame: they overtake it, too.
        const late = held;
        held = undefined;
        clearTimeout(timer);
        spoilt++;
        return [frame, late];
      }
      if (marks > 1) return [frame];
      if (++seen % every !== 0) return [frame];
      if (fault === "reorder") {
        held = frame;
        timer = setTimeout(() => {
          held = undefined;
          send(frame);
        }, HELD_MS);
        return [];
      }
      spoilt++;
      if (fault === "drop") return [];
      return fault === "duplicate" ? [frame, frame] : [changed(frame, mark)];
    };
  }

  return {
    get spoilt() {
      return spoilt;
    },
    change(later) {
      const act = spoil(later);
      let hasHead = false;
      let rest = new Uint8Array();
      return (bytes) => {
        rest = rest.length === 0 ? bytes : Uint8Array.from([...rest, ...bytes]);
        const out: Uint8Array[] = [];
        if (!hasHead) {
          // The answer to the handshake is no frame.
          const end = latin1.decode(rest).indexOf("\r\n\r\n");
          if (end < 0) return [];
          hasHead = true;
          out.push(rest.slice(0, end + 4));
          rest = rest.slice(end + 4);
        }
        for (let size; (size = frameSize(rest)) <= rest.length; rest = rest.slice(size)) {
          out.push(...act(rest.slice(0, size)));
        }
        return out;
      };
    },
  };
}

/** How long the first frame is, which a server does not mask (RFC 6455 §5.2), in bytes; infinite if that is not there yet. */
function frameSize(bytes: Uint8Array): number {
  if (bytes.length < 2) return Infinity;
  const short = bytes[1]! & 0x7f;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizeBytes = short < 126 ? 0 : short === 126 ? 2 : 8;
  if (bytes.length < 2 + sizeBytes) return Infinity;
  const length = short < 126
    ? short
    : short === 126
    ? view.getUint16(2)
    : Number(view.getBigUint64(2));
  return headerSize(length, false) + length;
}

function countOf(frame: Uint8Array, mark: string): number {
  return latin1.decode(frame).split(mark).length - 1;
}

/**
 * Changes one letter of the longest run of letters in a frame, which is the filling of a payload. Before the mark there
 * may be a longer one, such as a name.
 */
function changed(frame: Uint8Array, mark: string): Uint8Array {
  const text = latin1.decode(frame);
  const runs = [...text.matchAll(/[a-z]+/g)];
  const behind = runs.filter(({ index }) => index > text.indexOf(mark) + mark.length);
  const { index, 0: { length } } = (behind.length > 0 ? behind : runs)
    .reduce((one, other) => other[0].length > one[0].length ? other : one);
  const at = index + (length >> 1);
  frame[at] = frame[at] === 0x78 ? 0x79 : 0x78;
  return frame;
}
