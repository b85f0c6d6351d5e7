/**
 * wsmark's own frames over `Deno.connect` and TLS, behind the interface of the other clients. In a benchmark the runner drives
 * the same frames without this interface, which makes an object of every message.
 *
 * On its own: `deno run -A clients/wire.ts ws://localhost:8765/echo`
 */

import { endpointAt } from "./wire/transport/endpoint.ts";
import {
  closeCodeOf,
  FrameDecoder,
  OPCODE,
  OwedPongs,
  writeClose,
  writeFrame,
} from "./wire/frame/frame.ts";
import { createHandshake, type HandshakeReader, parseUrl } from "./wire/handshake/handshake.ts";
import { offerOf } from "./wire/handshake/offer.ts";
import { TcpTransport } from "./wire/transport/tcp.ts";
import { writerOf } from "../protocols/parts/composer.ts";
import { constantMessage } from "../protocols/parts/message.ts";
import { codecFor, protocols } from "../protocols/mod.ts";
import type { ConversationHandlers } from "../protocols/types.ts";
import { repl } from "./repl.ts";
import type { Client, Message } from "./types.ts";

/** The longest message that is taken, in bytes. */
const LONGEST = 128 * 1024 * 1024;
const encoder = new TextEncoder();
// A byte order mark is a part of the text (RFC 6455 §5.6).
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const ONLY_SLOT = 0;
/** The key that masks nothing; see {@linkcode client}'s notes. */
const KEY = 0;

/** The client over wsmark's own frames. */
export const client: Client = {
  id: "wire",
  title: "Wire",
  library: `wsmark's own frames, deno ${Deno.version.deno}`,
  notes: [
    "No compression unless a case asks for it: what it sends is then compressed in advance, and a reply's time is " +
    "taken before the reply is inflated.",
    "TCP_NODELAY is set.",
    "The masking key is zero.",
    "Over TLS every handshake is a full one: Deno's connections resume no session.",
  ],
  connect(url, handlers, protocol = protocols[0].id, options = {}) {
    parseUrl(url);
    const codec = codecFor(protocol, url, options.protocolOptions);
    const handshake = createHandshake(codec.url, offerOf(codec, options));
    let reader: HandshakeReader | undefined = handshake.reader;
    let subprotocol: string | undefined;
    let ending: { code: number; reason: string } | undefined;
    let isOpen = false;
    let closeSent = false;
    let hasRoom = true;
    const owedPongs = new OwedPongs();

    let sequence = 0;
    const received: ConversationHandlers["reply"] = (isText, buffer, start, end) =>
      handlers.received(messageOf(isText, buffer, start, end));
    const said: ConversationHandlers = {
      send,
      keepAlive: send,
      ready() {
        isOpen = true;
        handlers.opened();
      },
      reply: received,
      answered(_sequence, isText, buffer, start, end) {
        if (handlers.answered === undefined) return received(isText, buffer, start, end);
        handlers.answered(messageOf(isText, buffer, start, end));
      },
      wrong: (_sequence, isText, buffer, start, end) => received(isText, buffer, start, end),
      // It may have been a reply.
      unreadable: (isText, buffer, start, end) => received(isText, buffer, start, end),
      unasked: (isText, buffer, start, end) =>
        handlers.unasked?.(messageOf(isText, buffer, start, end)),
      pushed: (isText, buffer, start, end) =>
        (handlers.pushed ?? handlers.unasked)?.(messageOf(isText, buffer, start, end)),
      exhausted() {},
      ended(reason) {
        ending = { code: 1000, reason };
        if (!closeSent) close(1000);
      },
    };
    const conversation = codec.conversation?.(said, 0);

    const frames = new FrameDecoder({
      message(isText, buffer, start, end) {
        // Nobody listens after the close.
        if (ended) return;
        if (conversation === undefined) said.reply(isText, buffer, start, end);
        else conversation.receive(isText, buffer, start, end);
      },
      ping(buffer, start, end) {
        if (hasRoom) pong(buffer, start, end);
        else owedPongs.add(buffer, start, end);
      },
      pong() {},
      close(code, reason) {
        ending = { code, reason };
        if (closeSent) return;
        // The pings came before.
        sendPongs();
        close(code === 1005 ? 1000 : code);
      },
    }, { role: "client", maxMessageBytes: LONGEST, checkUtf8: true });

    const transport = new TcpTransport(
      {
        connected() {
          write(handshake.request, handshake.request.length);
          if (closeSent) end(1006, "closed before it was open");
        },
        received(_slot, buffer, start, stop) {
          try {
            const at = reader === undefined ? start : reader.push(buffer, start, stop);
            if (at < 0) return;
            if (reader !== undefined) {
              subprotocol = reader.subprotocol;
              reader = undefined;
              if (conversation === undefined) said.ready();
              else conversation.open();
            }
            frames.push(buffer, at, stop);
          } catch (error) {
            if (reader === undefined && !closeSent) close(closeCodeOf(error));
            end(1006, (error as Error).message);
          }
        },
        ended(_slot, reason) {
          end(ending?.code ?? 1006, ending?.reason ?? reason);
        },
      },
      endpointAt(url, options.tls),
      1,
    );

    transport.onRoom = () => {
      hasRoom = true;
      if (closeSent) owedPongs.clear();
      else sendPongs();
    };

    let ended = false;
    function end(code: number, reason: string): void {
      if (ended) return;
      ended = true;
      transport.finish(ONLY_SLOT);
      handlers.closed(code, reason);
    }

    function write(bytes: Uint8Array, length: number): void {
      hasRoom = transport.write(ONLY_SLOT, bytes, 0, length);
    }

    function pong(buffer: Uint8Array, start: number, stop: number): void {
      const frame = new Uint8Array(stop - start + 16);
      write(frame, writeFrame(frame, 0, OPCODE.pong, buffer, start, stop, KEY));
    }

    function sendPongs(): void {
      owedPongs.settle((payload) => pong(payload, 0, payload.length));
    }

    function send(isText: boolean, bytes: Uint8Array): void {
      const frame = new Uint8Array(bytes.length + 16);
      const opcode = isText ? OPCODE.text : OPCODE.binary;
      write(frame, writeFrame(frame, 0, opcode, bytes, 0, bytes.length, KEY));
    }

    function close(code: number): void {
      closeSent = true;
      const frame = new Uint8Array(16);
      write(frame, writeClose(frame, 0, code, "", KEY));
    }

    transport.connect(ONLY_SLOT);
    return {
      get awaited() {
        return conversation?.awaited;
      },
      get subprotocol() {
        return subprotocol;
      },
      send(message) {
        if (closeSent || ended) return;
        const isText = typeof message === "string";
        const content = constantMessage(isText, isText ? encoder.encode(message) : message);
        for (const part of codec.messages(content)) {
          const bytes = new Uint8Array(part.size);
          send(part.isText, bytes.subarray(0, writerOf(part)(bytes, 0, 0, sequence)));
        }
        sequence++;
      },
      close() {
        if (closeSent || ended) return;
        if (isOpen) {
          conversation?.close();
          close(1000);
        } else {
          closeSent = true;
          queueMicrotask(() => end(1006, "closed before it was open"));
        }
      },
    };
  },
};

/** A copy of what came, as an application sees it. */
function messageOf(isText: boolean, buffer: Uint8Array, start: number, end: number): Message {
  const bytes = buffer.slice(start, end);
  return isText ? decoder.decode(bytes) : bytes;
}

if (import.meta.main) await repl(client);
