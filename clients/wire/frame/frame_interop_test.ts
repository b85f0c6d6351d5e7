/** Frames and handshake against npm:ws, both ways over real sockets. */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { once } from "node:events";
// @ts-types="npm:@types/ws@^8"
import type { RawData } from "ws";
import { OPCODE, ProtocolError, writeClose, writeFrame } from "./frame.ts";
import { Random } from "../../../checks/fuzz/target.ts";
import { HandshakeRequestReader, refusal } from "../handshake/handshake.ts";
import { BORDERS, testDecoder } from "../testing/frames.ts";
import {
  accept,
  type Client,
  readHandshake,
  readUntil,
  withClient,
  withServer,
  writeAll,
} from "../testing/peer.ts";

const random = new Random(10);
const masks = (): number => random.uint32();

/** One frame in its own bytes. */
function frame(opcode: number, payload: Uint8Array, mask?: number, fin = true): Uint8Array {
  const target = new Uint8Array(payload.length + 14);
  return target.slice(0, writeFrame(target, 0, opcode, payload, 0, payload.length, mask, fin));
}

function closeFrame(code: number, reason: string, mask?: number): Uint8Array {
  const target = new Uint8Array(200);
  return target.slice(0, writeClose(target, 0, code, reason, mask));
}

const textOf = (length: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(length).map((_, at) => 97 + at % 26);

/** Sends all border lengths as text and binary to an npm:ws peer that sends them back. */
async function echoBorders(client: Client, mask: () => number | undefined): Promise<void> {
  const { connection, decoder, events, socket } = client;
  socket.on("message", (data: RawData, isBinary) => socket.send(data, { binary: isBinary }));
  for (const length of BORDERS) {
    for (const kind of ["text", "binary"] as const) {
      const payload = kind === "text" ? textOf(length) : random.bytes(length);
      const sent = writeAll(connection, frame(OPCODE[kind], payload, mask()));
      await Promise.all([sent, readUntil(connection, decoder, () => events.length === 1)]);
      const event = events.pop();
      assert.ok(event?.kind === kind, `${kind}, ${length}`);
      assert.equal(Buffer.compare(event.bytes, payload), 0, `${kind}, ${length}`);
      assert.equal(decoder.heldBytes, 0);
    }
  }
}

/** Fragments and pings from us, and from the peer. */
async function exchangeFragments(client: Client, mask: () => number | undefined): Promise<void> {
  const { connection, decoder, events, socket } = client;
  const pings: string[] = [];
  socket.on("ping", (data) => pings.push(data.toString()));
  const received = once(socket, "message");
  const target = new Uint8Array(100);
  await writeAll(connection, frame(OPCODE.text, textOf(3), mask(), false));
  await writeAll(
    connection,
    target.slice(0, writeFrame(target, 0, OPCODE.ping, textOf(5), 0, 5, mask())),
  );
  await writeAll(connection, frame(OPCODE.continuation, new Uint8Array(0), mask(), false));
  await writeAll(connection, frame(OPCODE.continuation, textOf(70_000), mask()));
  const [data] = await received;
  assert.equal(String(data), String(Buffer.from(textOf(3))) + String(Buffer.from(textOf(70_000))));
  assert.deepEqual(pings, ["abcde"]);

  socket.send("one, ", { fin: false });
  socket.ping("p");
  socket.send("", { fin: false });
  socket.send("two", { fin: true });
  await readUntil(connection, decoder, () => events.length === 3);
  assert.deepEqual(
    events.splice(0).map((event) =>
      event.kind === "close" ? "" : `${event.kind} ${Buffer.from(event.bytes)}`
    ),
    ["pong abcde", "ping p", "text one, two"],
  );
  const ponged = once(socket, "pong");
  await writeAll(
    connection,
    target.slice(0, writeFrame(target, 0, OPCODE.pong, textOf(1), 0, 1, mask())),
  );
  const [pong] = await ponged;
  assert.equal(String(pong), "a");
}

const CLOSES = [[1000, "bye"], [1005, ""], [1001, ""], [3000, "€"], [
  4999,
  "r".repeat(123),
]] as const;

/** We close; the peer answers with the same code. */
async function closeFromHere(
  client: Client,
  mask: number | undefined,
  index: number,
): Promise<void> {
  const [code, reason] = CLOSES[index]!;
  const closed = once(client.socket, "close");
  await writeAll(client.connection, closeFrame(code, reason, mask));
  await readUntil(client.connection, client.decoder, () => client.decoder.ended);
  await client.connection.closeWrite();
  const [receivedCode, receivedReason] = await closed;
  assert.deepEqual([receivedCode, String(receivedReason)], [code, reason]);
  assert.equal(client.events.length, 1);
  const [event] = client.events;
  assert.ok(event?.kind === "close" && event.code === code);
}

/** The peer closes. */
async function closeFromThere(client: Client, index: number): Promise<void> {
  const [code, reason] = CLOSES[index]!;
  if (code === 1005) client.socket.close();
  else client.socket.close(code, reason);
  await readUntil(client.connection, client.decoder, () => client.decoder.ended);
  assert.deepEqual(client.events, [{ kind: "close", code, reason }]);
}

const sides = [
  ["a client of ws", withClient, masks],
  [
    "a server of ws",
    (run: (client: Client) => Promise<void>) => withServer(async (raw) => run(await accept(raw))),
    (): undefined => undefined,
  ],
] as const;

for (const [name, connect, mask] of sides) {
  Deno.test(`as ${name}: messages of all border lengths come back`, () =>
    connect((client) => echoBorders(client, mask)));

  Deno.test(`as ${name}: fragments with pings between them, both ways`, () =>
    connect((client) => exchangeFragments(client, mask)));

  CLOSES.forEach(([code, reason], index) => {
    Deno.test(`as ${name}: our close with ${code} ${reason.slice(0, 3)}`, () =>
      connect((client) => closeFromHere(client, mask(), index)));

    Deno.test(`as ${name}: the other's close with ${code} ${reason.slice(0, 3)}`, () =>
      connect((client) => closeFromThere(client, index)));
  });

  Deno.test(`as ${name}: the other refuses a wrong mask like we do`, () =>
    connect(async (client) => {
      const failed = once(client.socket, "error");
      await writeAll(
        client.connection,
        frame(OPCODE.text, textOf(2), mask() === undefined ? 1 : undefined),
      );
      const [error] = await failed;
      assert.match(error.message, /MASK must be/);
      await readUntil(client.connection, client.decoder, () => client.decoder.ended);
      assert.deepEqual(client.events, [{ kind: "close", code: 1002, reason: "" }]);
    }));
}

Deno.test("as a server of ws: a refusal reaches the client", () =>
  withServer(async ({ connection, socket }) => {
    const { decoder } = testDecoder({ role: "server" });
    await readHandshake(connection, new HandshakeRequestReader(), decoder);
    const failed = once(socket, "error");
    await writeAll(connection, refusal(403, "Forbidden"));
    await connection.closeWrite();
    const [error] = await failed;
    assert.match(error.message, /Unexpected server response: 403/);
  }));

Deno.test("as a client of ws: a message above the limit is refused", () =>
  withClient(async ({ connection, decoder, socket }) => {
    socket.send(new Uint8Array(2 ** 21 + 1));
    await assert.rejects(
      readUntil(connection, decoder, () => false),
      (error) => error instanceof ProtocolError && error.kind === "message too big",
    );
  }));
