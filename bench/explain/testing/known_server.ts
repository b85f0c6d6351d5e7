/**
 * Echoes whose differences are known, by twos that are alike but for one thing:
 *
 * - `gathered` and `one-write`: the replies to all messages of a read in one write, or each in a write of its own;
 * - `at-once` and `delayed`: header and payload of each reply in two writes, with TCP_NODELAY or without it, so that the
 *   payload waits until the header is acknowledged (Nagle's algorithm, RFC 896), which the other side puts off by 40 ms;
 * - `gathered` and `garbage`: nothing, or objects that live for a while, are allocated for each message;
 * - `workers` and `lock`: four threads wait 200 µs for each message, each by itself, or one after another under a lock.
 *
 * The first argument is one of these, the second a port; without one it takes one that is free.
 */

import {
  FrameDecoder,
  writeClose,
  writeFrame,
  writeHeader,
} from "../../../clients/wire/frame/frame.ts";
import { OPCODE } from "../../../clients/wire/frame/protocol.ts";
import {
  acceptResponse,
  HandshakeRequestReader,
} from "../../../clients/wire/handshake/handshake.ts";

/** What a server does. */
export type Manner =
  | "gathered"
  | "one-write"
  | "at-once"
  | "delayed"
  | "garbage"
  | "workers"
  | "lock";

/** The threads of those that have several. */
const THREADS = 4;
/** How long each message takes there, in milliseconds. */
const WORK_MS = 0.2;
/** Objects that live at a time, and that are allocated for a message: tuned to a third of the time in collections. */
const LIVING = 400_000;
const PER_MESSAGE = 200;

/** What a thread is told. */
interface Task {
  readonly manner: Manner;
  readonly port: number;
  /** A word for the lock, 0 if it is free, and one that nobody wakes. */
  readonly words: Int32Array<SharedArrayBuffer>;
}

const garbage: unknown[] = [];
let allocated = 0;

/** What is done for a message beside echoing it. */
function work(manner: Manner, words: Int32Array<SharedArrayBuffer>): void {
  if (manner === "garbage") {
    for (let one = 0; one < PER_MESSAGE; one++) {
      garbage[allocated++ % LIVING] = { next: [allocated], text: `${allocated}` };
    }
  }
  if (manner === "workers") Atomics.wait(words, 1, 0, WORK_MS);
  if (manner === "lock") {
    while (Atomics.compareExchange(words, 0, 0, 1) !== 0) Atomics.wait(words, 0, 1);
    Atomics.wait(words, 1, 0, WORK_MS);
    Atomics.store(words, 0, 0);
    Atomics.notify(words, 0, 1);
  }
}

async function serve(connection: Deno.TcpConn, { manner, words }: Task): Promise<void> {
  using _ = connection;
  connection.setNoDelay(manner !== "delayed");
  const isApart = manner === "at-once" || manner === "delayed";
  const isGathered = !isApart && manner !== "one-write";
  const out = new Uint8Array(2 ** 20);
  /** Where writes end. */
  let ends: number[] = [];
  const endOf = (): number => ends.at(-1) ?? 0;
  let isOver = false;
  const decoder = new FrameDecoder({
    message(isText, buffer, start, end) {
      work(manner, words);
      const opcode = isText ? OPCODE.text : OPCODE.binary;
      if (isApart) {
        ends.push(writeHeader(out, endOf(), opcode, end - start, undefined));
        out.set(buffer.subarray(start, end), endOf());
        ends.push(endOf() + end - start);
      } else {
        ends.push(writeFrame(out, endOf(), opcode, buffer, start, end, undefined));
      }
    },
    ping() {},
    pong() {},
    close(code) {
      ends.push(writeClose(out, endOf(), code, "", undefined));
      isOver = true;
    },
  }, { role: "server", maxMessageBytes: 2 ** 20, checkUtf8: false });
  const reader = new HandshakeRequestReader();
  const buffer = new Uint8Array(65_536);
  let isOpen = false;
  while (!isOver) {
    const count = await connection.read(buffer);
    if (count === null) return;
    if (isOpen) decoder.push(buffer, 0, count);
    else if (reader.push(buffer, 0, count) >= 0) {
      isOpen = true;
      await write(connection, acceptResponse(reader.key));
    }
    let from = 0;
    for (const end of isGathered ? ends.slice(-1) : ends) {
      await write(connection, out.subarray(from, end));
      from = end;
    }
    ends = [];
  }
}

async function write(connection: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

/** Accepts connections; those of several threads are shared out by the system. */
async function listen(task: Task, ready: (port: number) => void): Promise<void> {
  const { manner, port } = task;
  const reusePort = manner === "workers" || manner === "lock";
  using listener = Deno.listen({ hostname: "127.0.0.1", port, reusePort });
  ready(listener.addr.port);
  for await (const connection of listener) serve(connection, task).catch(() => {});
}

function start(manner: Manner, wanted: number): void {
  const words = new Int32Array(new SharedArrayBuffer(8));
  let waiting = manner === "workers" || manner === "lock" ? THREADS : 1;
  const ready = (port: number): void => {
    if (--waiting > 0) return startThread(port);
    const line = {
      ready: true,
      url: `ws://127.0.0.1:${port}/`,
      pid: Deno.pid,
      server: manner,
      runtime: "deno",
      library: "none",
    };
    Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
  };
  const startThread = (port: number): void => {
    const worker = new Worker(import.meta.url, { type: "module" });
    worker.onmessage = ({ data }) => ready(data);
    worker.postMessage({ manner, port, words } satisfies Task);
  };
  if (waiting > 1) startThread(wanted);
  else listen({ manner, port: wanted, words }, ready);
  Deno.addSignalListener("SIGTERM", () => Deno.exit(0));
}

declare const self: {
  onmessage: (event: { data: Task }) => void;
  postMessage(port: number): void;
};

// Deno calls the module of a worker its main one, too.
if ("postMessage" in self) {
  self.onmessage = ({ data }) => void listen(data, (port) => self.postMessage(port));
} else if (import.meta.main) {
  const [manner = "gathered", port = ""] = Deno.args;
  start(manner as Manner, /^\d+$/.test(port) ? Number(port) : 0);
}
