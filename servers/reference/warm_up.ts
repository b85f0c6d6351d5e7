/** Lets a server on epoll answer messages of this process, so that its code is compiled before the first trial. */

import { OPCODE, writeFrame } from "../../clients/wire/frame/frame.ts";
import { createHandshake } from "../../clients/wire/handshake/handshake.ts";
import { type Libc, LINUX, openLibc, socketAddress } from "../../clients/wire/transport/libc.ts";
import type { Address } from "../types.ts";

/**
 * Messages of each connection, one after the other: of a few first, so that what the end of a connection does is known
 * when the code is compiled, and nothing has to be compiled again after it; V8 compiles a function for the last time
 * when it was called 3,000 times.
 */
const MESSAGES = [100, 6000];
/** How long to wait for what has come, in milliseconds: a number with a fraction, as in the server's own loop. */
const POLL_MS = 1.5;
/** How long to wait for an answer at most, in milliseconds: a server that is slow begins without this. */
const PATIENCE_MS = 1000;
/** Payloads in bytes: one that is short, and one that is moved as a whole. */
const SIZES = [16, 512];
/** Keys: none, as of the client wire, and one. */
const KEYS = [0, 0x12345678];

/**
 * Sends messages to a server of this process, and takes its replies.
 *
 * @param address where it listens; IPv4
 * @param poll lets it handle what has come, and waits at most so many milliseconds for that
 * @returns whether it answered all of them
 */
export function warmUp(address: Address, poll: (timeoutMs: number) => void): boolean {
  const libc = openLibc();
  try {
    return MESSAGES.every((messages) => exchange(libc, address, poll, messages));
  } finally {
    libc.dispose();
  }
}

/** Has so many messages answered on a connection. */
function exchange(
  libc: Libc,
  { hostname, port }: Address,
  poll: (timeoutMs: number) => void,
  messages: number,
): boolean {
  const fd = libc.call.socket(LINUX.AF_INET, LINUX.SOCK_STREAM, 0);
  try {
    const to = socketAddress(hostname, port);
    if (libc.call.connect(fd, to, to.length) < 0) return false;
    const ask = asking(libc, fd, poll);
    if (!ask(createHandshake(`ws://${hostname}:${port}/`).request)) return false;
    const frames = SIZES.flatMap((size) => KEYS.map((key) => frameOf(size, key)));
    for (let message = 0; message < messages; message++) {
      if (!ask(frames[message % frames.length]!)) return false;
    }
    return true;
  } finally {
    libc.call.close(fd);
    poll(POLL_MS);
  }
}

/** Makes what sends a request and waits for the first bytes of its answer. */
function asking(libc: Libc, fd: number, poll: (timeoutMs: number) => void) {
  const buffer = new Uint8Array(64 * 1024);
  return (request: Uint8Array<ArrayBuffer>): boolean => {
    libc.call.send(fd, request, request.length, LINUX.MSG_NOSIGNAL);
    const endMs = performance.now() + PATIENCE_MS;
    do {
      poll(POLL_MS);
      if (libc.call.recv(fd, buffer, buffer.length, LINUX.MSG_DONTWAIT) > 0) return true;
    } while (performance.now() < endMs);
    return false;
  };
}

function frameOf(size: number, key: number): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(size + 14);
  return frame.slice(0, writeFrame(frame, 0, OPCODE.binary, new Uint8Array(size), 0, size, key));
}
