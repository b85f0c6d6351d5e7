/**
 * A relay before a server that spoils what the server sends: each K-th WebSocket message with one publication in it is
 * dropped, sent twice, sent after the next one, or changed. It says how many it spoilt.
 */

import { headerSize } from "../../clients/wire/frame/frame.ts";

export type Fault = "drop" | "duplicate" | "reorder" | "change";

export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** How many messages were spoilt so far. */
  readonly spoilt: number;
}

/** What is in each publication once, by which it is known. */
const MARK = new TextEncoder().encode("sequence");
/** Where the content has only filling, in bytes after its mark. */
const FILLING = 40;
/** How long a message waits for the next one, in milliseconds. */
const PATIENCE_MS = 1000;

/** @param every spoils each message whose number can be divided by it */
export function startRelay(target: string, fault: Fault, every: number): Relay {
  const { hostname, port } = new URL(target);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.TcpConn>();
  const running: Promise<void>[] = [];
  const timers = new Set<ReturnType<typeof setTimeout> | undefined>();
  let seen = 0;
  let spoilt = 0;

  async function carry(near: Deno.TcpConn): Promise<void> {
    const far = await Deno.connect({ hostname, port: Number(port) });
    far.setNoDelay();
    near.setNoDelay();
    for (const one of [near, far]) open.add(one);
    await Promise.all([
      pass(near, far, (bytes) => [bytes]),
      pass(far, near, spoiling()),
    ].map((passing) => passing.catch(() => {}).finally(() => closeAll([near, far]))));
  }

  /** Handles what the server of one connection sends; returns what is sent on. */
  function spoiling(): (bytes: Uint8Array, send: (late: Uint8Array) => void) => Uint8Array[] {
    let hasHead = false;
    let rest = new Uint8Array();
    let held: Uint8Array | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    return (bytes, send) => {
      rest = Uint8Array.from([...rest, ...bytes]);
      if (!hasHead) {
        const end = new TextDecoder("latin1").decode(rest).indexOf("\r\n\r\n");
        if (end < 0) return [];
        hasHead = true;
        const head = rest.slice(0, end + 4);
        rest = rest.slice(end + 4);
        return [head, ...take(send)];
      }
      return take(send);
    };

    function take(send: (late: Uint8Array) => void): Uint8Array[] {
      const out: Uint8Array[] = [];
      for (let size; (size = frameSize(rest)) <= rest.length; rest = rest.slice(size)) {
        for (const frame of spoil(rest.slice(0, size), send)) out.push(frame);
      }
      return out;
    }

    function spoil(frame: Uint8Array, send: (late: Uint8Array) => void): Uint8Array[] {
      const at = only(frame);
      if (at < 0) return [frame];
      if (held !== undefined) {
        const late = held;
        held = undefined;
        clearTimeout(timer);
        timers.delete(timer);
        spoilt++;
        return [frame, late];
      }
      if (++seen % every !== 0) return [frame];
      if (fault === "reorder") {
        held = frame;
        timers.add(
          timer = setTimeout(() => {
            held = undefined;
            timers.delete(timer);
            send(frame);
          }, PATIENCE_MS),
        );
        return [];
      }
      spoilt++;
      if (fault === "drop") return [];
      if (fault === "change") frame[at + FILLING]! ^= 1;
      return fault === "duplicate" ? [frame, frame] : [frame];
    }
  }

  async function accept(): Promise<void> {
    for await (const near of listener) running.push(carry(near).catch(() => near.close()));
  }

  function closeAll(connections: Iterable<Deno.TcpConn>): void {
    for (const one of connections) {
      if (open.delete(one)) one.close();
    }
  }

  const accepting = accept();
  return {
    port: listener.addr.port,
    get spoilt() {
      return spoilt;
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const timer of timers) clearTimeout(timer);
      closeAll(open);
      await Promise.all([accepting, ...running]);
    },
  };
}

async function pass(
  from: Deno.TcpConn,
  to: Deno.TcpConn,
  handle: (bytes: Uint8Array, send: (late: Uint8Array) => void) => Uint8Array[],
): Promise<void> {
  const buffer = new Uint8Array(65_536);
  const send = (late: Uint8Array): void => void writeAll(to, late).catch(() => {});
  for (let count; (count = await from.read(buffer)) !== null;) {
    for (const part of handle(buffer.slice(0, count), send)) await writeAll(to, part);
  }
}

async function writeAll(to: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await to.write(bytes.subarray(done));
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

/** Where the mark is in a frame; -1 if there is none, or more than one. */
function only(frame: Uint8Array): number {
  const text = new TextDecoder("latin1").decode(frame);
  const mark = new TextDecoder().decode(MARK);
  const at = text.indexOf(mark);
  return at >= 0 && text.indexOf(mark, at + 1) < 0 ? at : -1;
}
