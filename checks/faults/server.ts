/**
 * The server of the suite: an echo over raw sockets that does one thing wrong in one phase of a trial. Otherwise it
 * follows the server contract.
 *
 * `deno run -A checks/faults/server.ts FAULT PHASE LOG STARTS SCENARIO --port PORT`: it appends what it sees to the
 * file LOG, and is healthy as often as STARTS says; `hold` as FAULT only makes the phase half a second longer.
 */

import { FrameDecoder, OPCODE, writeClose, writeFrame } from "../../clients/wire/frame/frame.ts";
import {
  acceptResponse,
  HandshakeRequestReader,
  refusal,
} from "../../clients/wire/handshake/handshake.ts";
import { answers, unread, violations, type Write } from "./violations.ts";
import { HAPPENED, type Phase, STARTED, WARMUP_MS, WINDOW_MS } from "./phases.ts";
import { processFaults } from "./process_faults.ts";

const [fault = "hold", phase, log = "/dev/null", starts = "0", scenario] = Deno.args;
const port = Number(Deno.args.at(-1));

/** How far into the warm-up, the window and the drain the fault happens, in milliseconds. */
const INTO_MS = 100;
/** How long before the end of the window replies are held back, so that some are outstanding in the drain. */
const BEFORE_END_MS = 150;

/** Kept open, so that a server that runs out of descriptors still has its log. */
const notes = Deno.openSync(log, { append: true, create: true });

function note(word: string): void {
  notes.writeSync(new TextEncoder().encode(`${word} ${Date.now()}\n`));
}

/** How often it was started before: it is healthy until its trial. */
function startsBefore(): number {
  return Deno.readTextFileSync(log).split("\n").filter((line) => line.startsWith(STARTED)).length;
}

const isSick = startsBefore() >= Number(starts);
note(STARTED);

interface Peer {
  readonly connection: Deno.Conn;
  readonly write: Write;
}

const peers = new Set<Peer>();
/** Replies that wait for the drain. */
const held: (() => void)[] = [];
let isActing = false;
let isHolding = false;
let hasTraffic = false;
const entered = new Map<Phase, Promise<void>>();

/** Enters a phase, once; does what is wrong, if this is its time. */
function enter(now: Phase): Promise<void> {
  const known = entered.get(now);
  if (known !== undefined) return known;
  const entering = begin(now);
  entered.set(now, entering);
  return entering;
}

async function begin(now: Phase): Promise<void> {
  if (!isSick) return;
  note(now);
  if (now !== phase) return;
  isActing = true;
  note(HAPPENED);
  await processFaults[fault]?.(now);
  if (fault === "half") [...peers].forEach((peer, index) => index % 2 === 0 && drop(peer));
  for (const peer of peers) violations[fault]?.(peer.write).catch(() => drop(peer));
}

function drop(peer: Peer): void {
  if (peers.delete(peer)) peer.connection.close();
}

/** The first message has come: from now on the phases follow the clock. */
function beginTraffic(): void {
  if (hasTraffic || !isSick) return;
  hasTraffic = true;
  const at = (ms: number, then: () => void): void => void setTimeout(then, ms);
  const endMs = WARMUP_MS + WINDOW_MS;
  at(INTO_MS, () => enter("warm-up"));
  at(WARMUP_MS + INTO_MS, () => enter("window"));
  if (phase === "drain") at(endMs - BEFORE_END_MS, () => isHolding = true);
  at(endMs + INTO_MS, async () => {
    await enter("drain");
    isHolding = false;
    for (const reply of held.splice(0)) if (!isMute()) reply();
  });
}

/** Whether messages are no longer answered: a reply would end what is sent without end. */
const isMute = (): boolean => isActing && (fault === "silent" || unread.includes(fault));

async function serve(connection: Deno.Conn): Promise<void> {
  const write: Write = async (bytes) => {
    for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
  };
  const peer = { connection, write };
  const reader = new HandshakeRequestReader();
  const decoder = decoderOf(peer);
  const buffer = new Uint8Array(64 * 1024);
  let isOpen = false;
  try {
    for (;;) {
      // An open connection that is not read is enough: what is not read stays in the buffers of the system.
      if (isActing && unread.includes(fault)) return;
      const count = await connection.read(buffer);
      if (count === null) break;
      if (isOpen) {
        decoder.push(buffer, 0, count);
        continue;
      }
      const after = reader.push(buffer, 0, count);
      if (after < 0) continue;
      if (!await open(peer, reader)) return;
      isOpen = true;
      decoder.push(buffer, after, count);
    }
  } catch {
    // The client is gone.
  }
  drop(peer);
}

/** Answers a handshake; returns whether the connection is an open WebSocket. */
async function open(peer: Peer, { path, key }: HandshakeRequestReader): Promise<boolean> {
  // The runner knocks at "/" until the ready line has come; the trial's connections go to "/echo".
  if (path === "/") {
    await peer.write(refusal(404, "Not found"));
    peer.connection.close();
    return false;
  }
  if (scenario === "connect") beginTraffic();
  await enter("connect");
  if (isActing && answers[fault] !== undefined) {
    await answers[fault](peer.write, key);
    return false;
  }
  if (fault === "silent" && isActing && phase === "connect") return false;
  await peer.write(acceptResponse(key));
  peers.add(peer);
  if (isActing && phase === "connect") {
    if (fault === "half" && peers.size % 2 === 0) drop(peer);
    violations[fault]?.(peer.write).catch(() => drop(peer));
  }
  return true;
}

function decoderOf(peer: Peer): FrameDecoder {
  const send = (opcode: number, buffer: Uint8Array, start: number, end: number): void => {
    const frame = new Uint8Array(end - start + 14);
    const length = writeFrame(frame, 0, opcode, buffer, start, end, undefined);
    const reply = (): void => void peer.write(frame.subarray(0, length)).catch(() => drop(peer));
    if (isHolding) held.push(reply);
    else if (!isMute()) reply();
  };
  return new FrameDecoder({
    message(isText, buffer, start, end) {
      beginTraffic();
      send(isText ? OPCODE.text : OPCODE.binary, buffer, start, end);
    },
    ping: (buffer, start, end) => send(OPCODE.pong, buffer, start, end),
    pong() {},
    async close() {
      if (scenario !== "connect") await enter("report");
      if (isMute()) return;
      const frame = new Uint8Array(16);
      await peer.write(frame.subarray(0, writeClose(frame, 0, 1000, "", undefined)))
        .catch(() => {});
      drop(peer);
    },
  }, { role: "server", maxMessageBytes: 2 ** 24, checkUtf8: false });
}

async function accept(listener: Deno.Listener): Promise<never> {
  for (;;) {
    try {
      serve(await listener.accept());
    } catch {
      // No descriptor is left: it waits until one is.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

if (import.meta.main) {
  Deno.addSignalListener("SIGTERM", () => {
    if (!isSick || fault !== "ignore-term") Deno.exit(0);
  });
  await enter("spawn");
  const listener = Deno.listen({ hostname: "127.0.0.1", port });
  await enter("ready");
  const line = JSON.stringify({
    ready: true,
    url: `ws://127.0.0.1:${listener.addr.transport === "tcp" ? listener.addr.port : 0}/`,
    pid: Deno.pid,
    server: "faulty",
    runtime: `deno ${Deno.version.deno}`,
    library: "none",
  });
  Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
  await accept(listener);
}
