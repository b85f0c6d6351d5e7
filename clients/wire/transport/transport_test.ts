/**
 * The contract of a transport, case by case, over all: the loops of epoll and io_uring are driven by hand, between turns of Deno's own, in
 * which the far end lives.
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { once } from "node:events";
import net from "node:net";
import { testCertificate } from "../../../checks/testing/certificate.ts";
import { type Need, needing } from "../../../checks/testing/needs.ts";
import { freePort } from "../../../checks/testing/port.ts";
import { EpollTransport } from "./epoll.ts";
import { TcpTransport } from "./tcp.ts";
import { UringTransport } from "./uring.ts";
import type { Transport, TransportHandlers } from "./transport.ts";

await using certificate = await testCertificate();
const { pem } = certificate;
/** Trusts the far end. */
const tls = { hostname: "127.0.0.1", ca: pem };

const MIB = 2 ** 20;
/** Guards against a hang, in milliseconds. */
const PATIENCE_MS = 120_000;
const onLinux = Deno.build.os === "linux";

interface Address {
  readonly hostname: string;
  readonly port: number;
}

/** How to make a transport, and how to let it work. */
interface Kind {
  readonly name: string;
  readonly needs: readonly Need[];
  make(handlers: TransportHandlers, address: Address, slots: number): Transport;
  /** Whether its far end speaks TLS. */
  readonly isSecure?: true;
  turn(transport: Transport): Promise<void>;
}

/** Lets Deno's event loop work. */
function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

const kinds: readonly Kind[] = [
  {
    name: "EpollTransport",
    needs: ["Linux"],
    make: (handlers, address, slots) => new EpollTransport(handlers, address, slots),
    async turn(transport) {
      (transport as EpollTransport).poll(0);
      await rest();
    },
  },
  {
    name: "UringTransport",
    needs: ["io_uring"],
    make: (handlers, address, slots) => new UringTransport(handlers, address, slots),
    async turn(transport) {
      (transport as UringTransport).poll(0);
      await rest();
    },
  },
  {
    name: "TcpTransport",
    needs: [],
    make: (handlers, address, slots) => new TcpTransport(handlers, address, slots),
    turn: rest,
  },
  {
    name: "TcpTransport over TLS",
    needs: [],
    isSecure: true,
    make: (handlers, address, slots) => new TcpTransport(handlers, { ...address, tls }, slots),
    turn: rest,
  },
];

function fileOf(name: string): string {
  return `./${name.replace("Transport", "").toLowerCase()}.ts`;
}

/** A transport whose calls are recorded; disposing lets go of it. */
interface Session extends AsyncDisposable {
  readonly transport: Transport;
  /** `connected 0`, `ended 0: reason`, `room 0`, in their order; without what was received. */
  readonly calls: readonly string[];
  /** Bytes received, by slot. */
  received(slot: number): number[];
  /** How many bytes of a slot were received; the bytes themselves are not kept once `keeps` is false. */
  count(slot: number): number;
  /** Called for each read instead of keeping it. */
  take: ((slot: number, bytes: Uint8Array) => void) | undefined;
  /** Lets things happen until a condition holds. */
  until(what: string, condition: () => boolean): Promise<void>;
  /** Waits until nothing more happens. */
  settle(): Promise<void>;
}

function startSession(kind: Kind, address: Address, slots: number): Session {
  const calls: string[] = [];
  const inbox: number[][] = Array.from({ length: slots }, () => []);
  const counts = new Array<number>(slots).fill(0);
  const transport = kind.make(
    {
      connected: (slot) => calls.push(`connected ${slot}`),
      received(slot, buffer, start, end) {
        counts[slot]! += end - start;
        const bytes = buffer.subarray(start, end);
        if (session.take === undefined) inbox[slot]!.push(...bytes);
        else session.take(slot, bytes);
      },
      ended: (slot, reason) => calls.push(`ended ${slot}: ${reason}`),
    },
    address,
    slots,
  );
  transport.onRoom = (slot) => calls.push(`room ${slot}`);

  async function until(what: string, condition: () => boolean): Promise<void> {
    const endMs = performance.now() + PATIENCE_MS;
    while (!condition()) {
      if (performance.now() > endMs) throw new Error(`Waited for ${what}; called: ${calls}`);
      await kind.turn(transport);
    }
  }

  async function settle(): Promise<void> {
    for (let turn = 0; turn < 30; turn++) await kind.turn(transport);
  }

  const session: Session = {
    transport,
    calls,
    received: (slot) => inbox[slot]!,
    count: (slot) => counts[slot]!,
    take: undefined,
    until,
    settle,
    async [Symbol.asyncDispose]() {
      transport.dispose();
      // Pending operations finish.
      for (let turn = 0; turn < 5; turn++) await rest();
    },
  };
  return session;
}

/** A server in this process; disposing drops all its connections. */
interface FarEnd extends AsyncDisposable {
  readonly address: Address;
  /** Its connections in the order in which they came. */
  readonly peers: readonly Deno.Conn[];
}

/**
 * @param isSecure whether it speaks TLS
 * @param handle what is done with a connection; by default nothing at all
 */
function listen(
  { isSecure }: Pick<Kind, "isSecure">,
  handle: (peer: Deno.Conn) => Promise<void> = async () => {},
): FarEnd {
  const where = { hostname: "127.0.0.1", port: 0 };
  const listener = isSecure
    ? Deno.listenTls({ ...where, cert: pem, key: pem })
    : Deno.listen(where);
  const peers: Deno.Conn[] = [];
  const handled: Promise<void>[] = [];
  const accepted = (async () => {
    for await (const peer of listener) {
      peers.push(peer);
      // It ends with an error if the other side has gone.
      handled.push(handle(peer).catch(() => {}));
    }
  })();
  return {
    address: { hostname: "127.0.0.1", port: (listener.addr as Deno.NetAddr).port },
    peers,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepted;
      for (const peer of peers) {
        try {
          peer.close();
        } catch {
          // A test has closed it.
        }
      }
      await Promise.all(handled);
    },
  };
}

async function echo(peer: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(64 * 1024);
  for (let count = await peer.read(buffer); count !== null; count = await peer.read(buffer)) {
    for (let at = 0; at < count;) at += await peer.write(buffer.subarray(at, count));
  }
}

/** An address at which nobody listens. */
function unusedAddress(): Address {
  return { hostname: "127.0.0.1", port: freePort() };
}

/** A long stream of which no two parts look alike. */
function longStream(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) bytes[at] = at ^ at >>> 8 ^ at >>> 16;
  return bytes;
}

function areEqual(bytes: Uint8Array, stream: Uint8Array, at: number): boolean {
  return Buffer.compare(bytes, stream.subarray(at, at + bytes.length)) === 0;
}

const endings = (calls: readonly string[]): string[] =>
  calls.filter((call) => call.startsWith("ended"));

const cases: Record<string, (kind: Kind) => Promise<void>> = {
  async "connects, and carries bytes in both directions"(kind) {
    await using far = listen(kind, echo);
    await using session = startSession(kind, far.address, 2);
    const { transport, calls, until, received } = session;
    transport.connect(1);
    assert.deepEqual(calls, [], "nothing is reported before connect() has returned");
    await until("the connection", () => calls.length > 0);
    assert.deepEqual(calls, ["connected 1"]);
    transport.write(1, Uint8Array.of(9, 1, 2, 3, 9), 1, 4);
    transport.write(1, Uint8Array.of(4, 5), 0, 2);
    await until("the echo", () => received(1).length === 5);
    assert.deepEqual(received(1), [1, 2, 3, 4, 5]);
    assert.deepEqual(received(0), []);
    assert.deepEqual(endings(calls), []);
  },

  async "reports once why a connection could not be opened"(kind) {
    await using session = startSession(kind, unusedAddress(), 1);
    const { transport, calls, until, settle } = session;
    transport.connect(0);
    await until("the end", () => calls.length > 0);
    await settle();
    assert.equal(calls.length, 1);
    assert.match(calls[0]!, /^ended 0: connection refused/i);
  },

  async "keeps what the system does not take, and reports when there is room again"(kind) {
    const size = 32 * MIB;
    const { promise: beginning, resolve: begin } = Promise.withResolvers<void>();
    const stream = longStream(size + 5);
    let arrived = 0;
    let right = true;
    await using far = listen(kind, async (peer) => {
      await beginning;
      const buffer = new Uint8Array(MIB);
      for (let count = await peer.read(buffer); count !== null; count = await peer.read(buffer)) {
        right &&= areEqual(buffer.subarray(0, count), stream, arrived);
        arrived += count;
      }
    });
    await using session = startSession(kind, far.address, 1);
    const { transport, calls, until, settle } = session;
    transport.connect(0);
    await until("the connection", () => calls.length > 0);
    const whole = stream.slice();
    assert.equal(transport.write(0, whole, 0, size), false);
    // The caller may reuse the buffer, and what is written meanwhile comes after it.
    const last = whole.slice(size);
    whole.fill(0);
    assert.equal(transport.write(0, last, 0, 2), false);
    await settle();
    assert.deepEqual(calls, ["connected 0"], "there is no room as nobody reads");
    assert.equal(transport.write(0, last, 2, 5), false);
    begin();
    await until("room", () => calls.includes("room 0"));
    await until("all of it", () => arrived === size + 5);
    assert.ok(right, "other bytes arrived");
    assert.deepEqual(calls, ["connected 0", "room 0"], "room is reported once");
    transport.close(0);
    await settle();
  },

  async "receives 32 MiB complete and in order"(kind) {
    const size = 32 * MIB;
    const stream = longStream(size);
    await using far = listen(kind, async (peer) => {
      for (let at = 0; at < size;) at += await peer.write(stream.subarray(at));
      peer.close();
    });
    await using session = startSession(kind, far.address, 1);
    const { transport, calls, until } = session;
    let arrived = 0;
    let right = true;
    session.take = (_, bytes) => {
      right &&= areEqual(bytes, stream, arrived);
      arrived += bytes.length;
    };
    transport.connect(0);
    await until("the end", () => endings(calls).length > 0);
    assert.deepEqual([arrived, right], [size, true]);
    assert.deepEqual(calls, ["connected 0", "ended 0: end of the stream"]);
  },

  async "reads nothing of a paused slot, and all of it once it is resumed"(kind) {
    const size = 32 * MIB;
    const stream = longStream(size);
    let written = 0;
    await using far = listen(kind, async (peer) => {
      while (written < size) written += await peer.write(stream.subarray(written));
      peer.close();
    });
    await using session = startSession(kind, far.address, 2);
    const { transport, calls, until, settle } = session;
    let arrived = 0;
    let right = true;
    session.take = (_, bytes) => {
      right &&= areEqual(bytes, stream, arrived);
      arrived += bytes.length;
      if (arrived === bytes.length) transport.pause(0);
    };
    transport.pause(1);
    transport.connect(0);
    await until("the first bytes", () => arrived > 0);
    await settle();
    const [first, accepted] = [arrived, written];
    await settle();
    assert.ok(first <= MIB, `${first} bytes were read`);
    assert.deepEqual([arrived, written], [first, accepted], "the peer is held up");
    assert.ok(accepted < size, "the system takes no more");
    transport.pause(0);
    transport.resume(0);
    transport.resume(0);
    await until("the end", () => endings(calls).length > 0);
    assert.deepEqual([arrived, right], [size, true]);
    assert.deepEqual(calls, ["connected 0", "ended 0: end of the stream"]);
  },

  async "writes to a slot that is paused, and reports room"(kind) {
    const size = 32 * MIB;
    const { promise: beginning, resolve: begin } = Promise.withResolvers<void>();
    let arrived = 0;
    await using far = listen(kind, async (peer) => {
      await beginning;
      await peer.write(Uint8Array.of(1));
      const buffer = new Uint8Array(MIB);
      while (arrived < size) arrived += await peer.read(buffer) ?? 0;
    });
    await using session = startSession(kind, far.address, 1);
    const { transport, calls, until, settle, count } = session;
    transport.connect(0);
    await until("the connection", () => calls.length > 0);
    transport.pause(0);
    assert.equal(transport.write(0, new Uint8Array(size), 0, size), false);
    // It goes on to wait for room, paused or not.
    transport.resume(0);
    transport.pause(0);
    await settle();
    assert.deepEqual(calls, ["connected 0"]);
    begin();
    await until("all of it", () => arrived === size && calls.length > 1);
    assert.deepEqual(calls, ["connected 0", "room 0"]);
    transport.resume(0);
    await until("the byte", () => count(0) === 1);
  },

  async "reports the end of a connection that is paused, at the latest when it is resumed"(kind) {
    await using far = listen(kind);
    await using session = startSession(kind, far.address, 1);
    const { transport, calls, until, settle } = session;
    transport.connect(0);
    await until("the connection", () => calls.length > 0 && far.peers.length > 0);
    transport.pause(0);
    await far.peers[0]!.write(Uint8Array.of(1, 2, 3));
    far.peers[0]!.close();
    await settle();
    transport.resume(0);
    await until("the end", () => endings(calls).length > 0);
    await settle();
    assert.deepEqual(session.received(0), [1, 2, 3]);
    assert.deepEqual(calls, ["connected 0", "ended 0: end of the stream"]);
  },

  async "reports a reset of a connection that is paused once"(kind) {
    await using far = listen(kind);
    await using session = startSession(kind, far.address, 1);
    const { transport, calls, until, settle } = session;
    transport.connect(0);
    await until("the connection", () => calls.length > 0 && far.peers.length > 0);
    transport.pause(0);
    transport.write(0, new Uint8Array(100), 0, 100);
    await settle();
    far.peers[0]!.close(); // With bytes unread the system sends a reset.
    await settle();
    transport.resume(0);
    await until("the end", () => endings(calls).length > 0);
    await settle();
    assert.equal(endings(calls).length, 1);
  },

  async "reads the next connection of a slot that was closed while it was paused"(kind) {
    await using far = listen(kind, (peer) => peer.write(Uint8Array.of(7)).then(() => {}));
    await using session = startSession(kind, far.address, 1);
    const { transport, calls, until, settle, count } = session;
    transport.connect(0);
    await until("the first byte", () => count(0) === 1);
    transport.pause(0);
    transport.close(0);
    await settle();
    transport.connect(0);
    await until("the second byte", () => count(0) === 2);
    assert.deepEqual(calls, ["connected 0", "connected 0"]);
  },

  async "reports once that the peer has ended the connection, after all that it sent"(kind) {
    await using far = listen(kind, async (peer) => {
      await peer.write(Uint8Array.of(1, 2, 3));
      peer.close();
    });
    await using session = startSession(kind, far.address, 1);
    const { transport, calls, until, settle, received } = session;
    transport.connect(0);
    await until("the end", () => endings(calls).length > 0);
    assert.deepEqual(received(0), [1, 2, 3]);
    transport.close(0);
    await settle();
    assert.deepEqual(calls, ["connected 0", "ended 0: end of the stream"]);
  },

  async "reports a peer that goes away with bytes unread"(kind) {
    await using far = listen(kind);
    await using session = startSession(kind, far.address, 1);
    const { transport, calls, until, settle } = session;
    transport.connect(0);
    await until("the connection", () => calls.length > 0 && far.peers.length > 0);
    transport.write(0, new Uint8Array(100), 0, 100);
    await settle();
    far.peers[0]!.close(); // With bytes unread the system may send a reset.
    await until("the end", () => endings(calls).length > 0);
    await settle();
    assert.equal(endings(calls).length, 1);
    assert.match(endings(calls)[0]!, /^ended 0: (end of the stream|connection reset)/i);
    transport.write(0, new Uint8Array(1), 0, 1);
    await settle();
    assert.equal(endings(calls).length, 1);
  },

  async "reports nothing about a connection after close()"(kind) {
    await using far = listen(kind, async (peer) => {
      await peer.write(Uint8Array.of(1));
      await echo(peer);
      peer.close();
    });
    await using session = startSession(kind, far.address, 2);
    const { transport, calls, until, settle, count } = session;
    transport.connect(0);
    await until("the connection and its byte", () => count(0) === 1);
    transport.write(0, new Uint8Array(10), 0, 10);
    transport.close(0);
    transport.close(0);
    const before = [...calls];
    await settle();
    assert.deepEqual(calls, before);
    assert.equal(count(0), 1);
  },

  async "reports nothing about a connection that is closed before it is open"(kind) {
    await using far = listen(kind, echo);
    await using session = startSession(kind, far.address, 1);
    const { transport, calls, settle } = session;
    transport.connect(0);
    transport.close(0);
    await settle();
    assert.deepEqual(calls, []);
  },

  async "opens a new connection in a slot at once, and takes no event of the old one for it"(kind) {
    const turns = 50;
    let index = 0;
    await using far = listen(kind, async (peer) => {
      const number = index++;
      await peer.write(new Uint8Array(10).fill(number));
      await echo(peer);
    });
    await using session = startSession(kind, far.address, 1);
    const { transport, calls, until, settle, received } = session;
    for (let turn = 1; turn <= turns; turn++) {
      transport.connect(0);
      const opened = calls.length;
      await until("the connection", () => calls.length > opened);
      assert.equal(calls.at(-1), "connected 0");
      // The old connection's bytes, and its end, are on their way.
      if (turn < turns) transport.close(0);
      if (turn === turns - 1) received(0).length = 0;
    }
    await until("the bytes of the last", () => received(0).length >= 10);
    await settle();
    assert.deepEqual(received(0), new Array(10).fill(turns - 1));
    assert.deepEqual(endings(calls), []);
    transport.write(0, Uint8Array.of(77), 0, 1);
    await until("the echo", () => received(0).length === 11);
    assert.equal(received(0)[10], 77);
  },

  async "opens a new connection from within the call that reports the end"(kind) {
    await using far = listen(kind, (peer) => Promise.resolve(peer.close()));
    const calls: string[] = [];
    const transport = kind.make(
      {
        connected: () => calls.push("connected"),
        received() {},
        ended() {
          calls.push("ended");
          if (calls.length < 6) transport.connect(0);
        },
      },
      far.address,
      1,
    );
    transport.connect(0);
    const endMs = performance.now() + PATIENCE_MS;
    while (calls.length < 6 && performance.now() < endMs) await kind.turn(transport);
    transport.dispose();
    await rest();
    assert.equal(calls.join(), "connected,ended,connected,ended,connected,ended");
  },

  async "keeps 500 connections apart"(kind) {
    const count = 500;
    await using far = listen(kind, echo);
    await using session = startSession(kind, far.address, count);
    const { transport, calls, until, received } = session;
    for (let slot = 0; slot < count; slot++) transport.connect(slot);
    await until("all connections", () => calls.length === count);
    assert.equal(new Set(calls).size, count);
    for (let slot = 0; slot < count; slot++) {
      transport.write(slot, Uint8Array.of(slot >>> 8, slot & 0xff), 0, 2);
    }
    const slots = Array.from({ length: count }, (_, slot) => slot);
    await until("all replies", () => slots.every((slot) => received(slot).length === 2));
    for (const slot of slots) assert.deepEqual(received(slot), [slot >>> 8, slot & 0xff]);
    assert.deepEqual(endings(calls), []);
  },

  async "has a clock in milliseconds that does not go back"(kind) {
    await using session = startSession(kind, unusedAddress(), 1);
    const { transport } = session;
    // One pair of readings is within the other, so that no pause between them matters.
    const outerStartMs = performance.now();
    const startMs = transport.now();
    const innerStartMs = performance.now();
    let last = startMs;
    while (performance.now() < innerStartMs + 5) {
      const nowMs = transport.now();
      assert.ok(nowMs >= last);
      last = nowMs;
    }
    const innerMs = performance.now() - innerStartMs;
    const tookMs = transport.now() - startMs;
    const outerMs = performance.now() - outerStartMs;
    assert.ok(tookMs > innerMs - 1 && tookMs < outerMs + 1, `${tookMs} ms went by in ${innerMs}`);
  },

  async "leaves no descriptor open"(kind) {
    if (!onLinux) return; // Only Linux lists them in a folder.
    if (kind.isSecure) return; // In the other cases the test runner counts what is left open.
    // In a separate process, because tests that run at the same time share theirs.
    const file = fileOf(kind.name);
    const program = `
      import { ${kind.name} } from ${JSON.stringify(import.meta.resolve(file))};
      // Deno opens files and local sockets of its own when it likes: for its caches, and for signals.
      const count = () => {
        const links = [...Deno.readDirSync("/proc/self/fd")].map(({ name }) => {
          try {
            return Deno.readLinkSync("/proc/self/fd/" + name);
          } catch {
            return "/"; // That of the folder itself.
          }
        });
        const local = new Set(
          Deno.readTextFileSync("/proc/self/net/unix").split("\\n")
            .map((line) => "socket:[" + line.split(/ +/)[6] + "]"),
        );
        return links.filter((link) => !link.startsWith("/") && !local.has(link)).length;
      };
      const turn = async () => {
        transport.poll?.(0);
        await new Promise((resolve) => setTimeout(resolve, 0));
      };
      const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      let connected = 0;
      const handlers = { connected: () => connected++, received() {}, ended() {} };
      const before = count();
      const transport = new ${kind.name}(handlers, listener.addr, 20);
      for (let slot = 0; slot < 20; slot++) transport.connect(slot);
      while (connected < 20) await turn();
      transport.close(0);
      transport.connect(0);
      transport.close(1);
      transport.write(2, new Uint8Array(${8 * MIB}), 0, ${8 * MIB});
      const amid = count() - before;
      transport.dispose();
      for (let rest = 0; rest < 60_000 && count() > before; rest++) await pause();
      async function pause() { await new Promise((resolve) => setTimeout(resolve, 1)); }
      console.log(JSON.stringify({ amid, after: count() - before }));
      listener.close();
    `;
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--quiet", program],
    }).output();
    assert.equal(new TextDecoder().decode(stderr), "");
    const { amid, after } = JSON.parse(new TextDecoder().decode(stdout));
    assert.ok(amid >= 18, `only ${amid} were open`);
    assert.equal(after, 0);
  },

  async "sends all that was written before finish(), and reports nothing more"(kind) {
    const arrived: number[] = [];
    let hasEnded = false;
    await using far = listen(kind, async (peer) => {
      await peer.write(Uint8Array.of(1));
      const buffer = new Uint8Array(1000);
      for (let count = await peer.read(buffer); count !== null; count = await peer.read(buffer)) {
        arrived.push(...buffer.subarray(0, count));
      }
      hasEnded = true;
    });
    await using session = startSession(kind, far.address, 1);
    const { transport, calls, until, settle } = session;
    // Several writes amid a read, as when a violation follows pings.
    session.take = () => {
      transport.write(0, Uint8Array.of(1, 2), 0, 2);
      transport.write(0, Uint8Array.of(3), 0, 1);
      transport.write(0, Uint8Array.of(4, 5), 0, 2);
      transport.finish(0);
    };
    transport.connect(0);
    await until("the end", () => hasEnded);
    assert.deepEqual(arrived, [1, 2, 3, 4, 5]);
    await settle();
    assert.deepEqual(calls, ["connected 0"]);
    assert.equal(transport.write(0, Uint8Array.of(6), 0, 1), false, "the slot is free");
    // It can be used again.
    session.take = undefined;
    transport.connect(0);
    await until("the next connection", () => session.received(0).length > 0);
    transport.close(0);
  },

  async "lets go of a connection that is finished and never read"(kind) {
    await using far = listen(kind);
    await using session = startSession(kind, far.address, 1);
    const { transport, calls, until, settle } = session;
    transport.connect(0);
    await until("the connection", () => calls.length > 0);
    transport.write(0, new Uint8Array(32 * MIB), 0, 32 * MIB);
    transport.finish(0);
    transport.finish(0);
    await settle();
    assert.deepEqual(calls, ["connected 0"]);
    // Its descriptor is closed now, or by the end of the test, which Deno checks.
  },

  async "reports a reset in the same words, whether reading or writing meets it"(kind) {
    // The far end speaks no TLS.
    if (kind.isSecure) return;
    const peers: net.Socket[] = [];
    const server = net.createServer((peer) => void peers.push(peer.on("error", () => {})));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as net.AddressInfo;
    try {
      for (const writes of [false, true]) {
        await using session = startSession(kind, { hostname: "127.0.0.1", port }, 1);
        const { transport, calls, until } = session;
        transport.connect(0);
        await until("the connection", () => calls.length > 0 && peers.length > 0);
        peers.pop()!.resetAndDestroy();
        // No turn is taken in between, so that the write meets it first.
        await rest();
        await rest();
        if (writes) transport.write(0, Uint8Array.of(4), 0, 1);
        await until("the end", () => endings(calls).length > 0);
        assert.deepEqual(endings(calls), ["ended 0: connection reset by the server"]);
      }
    } finally {
      server.close();
      await once(server, "close");
    }
  },
};

for (const kind of kinds) {
  for (const [name, run] of Object.entries(cases)) {
    Deno.test(needing(kind.needs, { name: `${kind.name} ${name}`, fn: () => run(kind) }));
  }
}

const [epoll, uring] = kinds as [Kind, Kind];

/** A test for epoll only. */
function testEpoll(name: string, fn: () => Promise<void>): void {
  Deno.test(needing(epoll.needs, { name, fn }));
}

testEpoll("EpollTransport.listen() accepts, echoes and closes", async () => {
  await using session = startSession(epoll, { hostname: "127.0.0.1", port: 0 }, 3);
  const { calls, until, settle } = session;
  const transport = session.transport as EpollTransport;
  session.take = (slot, bytes) => {
    transport.write(slot, bytes, 0, bytes.length);
    if (bytes.includes(0)) transport.close(slot);
  };
  const port = transport.listen();
  assert.ok(port > 0);

  const reply = async (peer: Deno.TcpConn, length: number): Promise<number[]> => {
    const bytes: number[] = [];
    const buffer = new Uint8Array(length);
    while (bytes.length < length) {
      let count: number | null | undefined;
      peer.read(buffer).then((read) => count = read);
      await until("a reply", () => count !== undefined);
      if (count === null) break;
      bytes.push(...buffer.subarray(0, count));
    }
    return bytes;
  };

  const peers: Deno.TcpConn[] = [];
  for (let index = 0; index < 3; index++) peers.push(await Deno.connect({ port }));
  await until("the connections", () => calls.length === 3);
  assert.deepEqual(calls.toSorted(), ["connected 0", "connected 1", "connected 2"]);
  for (const [index, peer] of peers.entries()) {
    await peer.write(Uint8Array.of(index + 1, 7));
    assert.deepEqual(await reply(peer, 2), [index + 1, 7]);
  }

  // The far end closes one, this end another: both slots take a new connection.
  peers[0]!.close();
  await until("the end", () => endings(calls).length === 1);
  await peers[1]!.write(Uint8Array.of(0));
  assert.deepEqual(await reply(peers[1]!, 2), [0]);
  peers[1]!.close();
  for (const place of [0, 1]) {
    const peer = peers[place] = await Deno.connect({ port });
    await peer.write(Uint8Array.of(5, 6));
    assert.deepEqual(await reply(peer, 2), [5, 6]);
  }
  assert.equal(calls.filter((call) => call.startsWith("connected")).length, 5);
  assert.equal(endings(calls).length, 1);
  for (const peer of peers) peer.close();
  await until("the ends", () => endings(calls).length === 4);
  await settle();
});

testEpoll("EpollTransport.listen() throws where the port is taken", async () => {
  await using far = listen(epoll);
  await using session = startSession(epoll, far.address, 1);
  assert.throws(() => (session.transport as EpollTransport).listen(), {
    message: "Cannot listen: the address is in use",
  });
});

/** A test for each transport whose loop is taken by turns. */
function testLoops(what: string, fn: (kind: Kind) => Promise<void>): void {
  for (const kind of [epoll, uring]) {
    const joint = what.includes("()") ? "." : " ";
    Deno.test(needing(kind.needs, { name: `${kind.name}${joint}${what}`, fn: () => fn(kind) }));
  }
}

testLoops("watch() calls back when the other end of a pipe is closed", async ({ name }) => {
  // The child's stdin is a pipe of this process; it prints a line when that has ended.
  const program = `
    import { ${name} } from ${JSON.stringify(import.meta.resolve(fileOf(name)))};
    const address = { hostname: "127.0.0.1", port: 1 };
    const transport = new ${name}({ connected() {}, received() {}, ended() {} }, address, 1);
    let ended = false;
    transport.watch(0, () => ended = true);
    transport.poll(50);
    console.log(ended ? "too early" : "waiting");
    while (!ended) transport.poll(20_000);
    console.log("ended");
    transport.dispose();
  `;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", program],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let text = "";
  const { promise: waiting, resolve } = Promise.withResolvers<void>();
  const output = (async () => {
    for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
      text += part;
      resolve();
    }
    resolve();
  })();
  await waiting;
  await child.stdin.close();
  await output;
  assert.equal(await child.stderr.text(), "");
  assert.equal(text, "waiting\nended\n");
  assert.equal((await child.status).code, 0);
});

testLoops("reports a limit of descriptors, and how to raise it", async ({ name }) => {
  const program = `
    import { ${name} } from ${JSON.stringify(import.meta.resolve(fileOf(name)))};
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const reasons = new Map();
    let connected = 0;
    const transport = new ${name}({
      connected: () => connected++,
      received() {},
      ended: (_, reason) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1),
    }, listener.addr, 100);
    for (let slot = 0; slot < 100; slot++) transport.connect(slot);
    // One turn reports what has failed already: it waits for nothing else.
    transport.poll(20_000);
    const failed = reasons.values().toArray();
    const settled = () => reasons.values().reduce((sum, count) => sum + count, connected);
    for (let turns = 0; settled() < 100 && turns < 100; turns++) transport.poll(200);
    console.log(JSON.stringify({ connected, reasons: [...reasons.keys()], failed }));
    transport.dispose();
    listener.close();
  `;
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", 'ulimit -n 64 && exec "$0" eval --quiet "$1"', Deno.execPath(), program],
  }).output();
  assert.equal(new TextDecoder().decode(stderr), "");
  assert.equal(code, 0);
  const { connected, reasons, failed } = JSON.parse(new TextDecoder().decode(stdout));
  assert.deepEqual(reasons, ["too many open files: raise the limit with ulimit -n"]);
  assert.ok(connected > 0 && failed[0] >= 37, `${connected} connected, ${failed} failed`);
});

testEpoll("EpollTransport.poll() returns at once if a connection has failed", async () => {
  // An address of no interface: connect() itself fails, and no event follows.
  const far: Address = { hostname: "255.255.255.255", port: 9 };
  await using session = startSession(epoll, far, 2);
  const { calls, until } = session;
  const transport = session.transport as EpollTransport;
  transport.connect(0);
  transport.connect(1);
  transport.close(1);
  assert.deepEqual(calls, []);
  const fromMs = performance.now();
  transport.poll(PATIENCE_MS);
  assert.ok(performance.now() - fromMs < PATIENCE_MS);
  await until("the end", () => calls.length > 0);
  assert.equal(calls.length, 1);
  assert.match(calls[0]!, /^ended 0: network unreachable/);
});

Deno.test(needing(uring.needs, {
  name: "UringTransport sends what is written in one turn in the order in which it was written",
  async fn() {
    const slots = 20;
    const size = 100_000;
    await using far = listen(uring, echo);
    await using session = startSession(uring, far.address, slots);
    const { transport, calls, until, count } = session;
    const stream = longStream(size);
    let right = true;
    session.take = (slot, bytes) => {
      right &&= areEqual(bytes, stream, count(slot) - bytes.length);
    };
    for (let slot = 0; slot < slots; slot++) transport.connect(slot);
    await until("the connections", () => calls.length === slots);
    // A part at a time, each longer than the one before.
    for (let at = 0, part = 1; at < size; part = 2 * part + 1) {
      const end = Math.min(at + part, size);
      for (let slot = 0; slot < slots; slot++) transport.write(slot, stream, at, end);
      at = end;
    }
    const numbers = Array.from({ length: slots }, (_, slot) => slot);
    await until("all of it", () => numbers.every((slot) => count(slot) === size));
    assert.ok(right, "other bytes came back");
  },
}));

Deno.test(needing(uring.needs, {
  name: "UringTransport receives all, though more comes in a turn than it has buffers for",
  async fn() {
    const slots = 100;
    const size = 40_000;
    await using far = listen(uring, async (peer) => {
      for (let at = 0; at < size;) at += await peer.write(longStream(size).subarray(at));
    });
    await using session = startSession(uring, far.address, slots);
    const { transport, calls, until, count } = session;
    session.take = () => {};
    for (let slot = 0; slot < slots; slot++) transport.connect(slot);
    // Nothing is read meanwhile.
    for (let turn = 0; turn < 100; turn++) await rest();
    const numbers = Array.from({ length: slots }, (_, slot) => slot);
    await until("all of it", () => numbers.every((slot) => count(slot) === size));
    assert.deepEqual(endings(calls), []);
  },
}));
