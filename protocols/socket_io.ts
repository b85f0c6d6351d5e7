/**
 * Socket.IO over WebSocket alone: the URL's path is a namespace, and the messages are events named `message` with one
 * text, or with bytes, which follow their event in a separate message.
 */

import { composed, constantMessage, joined } from "./message.ts";
import { SocketIoConversation } from "./socket_io/conversation.ts";
import { SocketIoPackets, socketIoTarget } from "./socket_io/packets.ts";
import { escape, escapedSize } from "./socket_io/text.ts";
import type { Message, Parts, Protocol } from "./types.ts";

/** Socket.IO's events. */
export const socketIo: Protocol = {
  id: "socket.io",
  title: "Socket.IO",
  pathNames: "namespace",
  codec(url) {
    const { handshake, namespace } = socketIoTarget(url);
    const packets = new SocketIoPackets(namespace);
    const binaryEvent = constantMessage(true, packets.binaryEventHeader);
    return {
      url: handshake,
      messages: (content) =>
        content.isText ? [textEvent(packets, content)] : [binaryEvent, content],
      conversation: (handlers) => new SocketIoConversation(packets, handlers),
    };
  },
  pathProblem: (path) =>
    path.replace(/\?.*/, "").includes(",")
      ? 'must not have a ",", which ends the name of a namespace'
      : undefined,
};

function textEvent(packets: SocketIoPackets, content: Message): Message {
  const { textEventStart: start, textEventEnd: end } = packets;
  const parts = content.parts.map(({ head, holes, fillings, tail }): Parts => ({
    head: joined([start, escaped(head)]),
    // Digits and spaces are the same when they are escaped.
    holes: holes.map((hole) => ({ ...hole, at: start.length + escapedSize(head, 0, hole.at) })),
    fillings: fillings.map(escaped),
    tail: joined([escaped(tail), end]),
  }));
  return composed(true, parts, (connection) => content.partsOf(connection));
}

/** A text escaped; the same bytes if nothing in it has to be. */
function escaped(text: Uint8Array): Uint8Array {
  const size = escapedSize(text, 0, text.length);
  if (size === text.length) return text;
  const bytes = new Uint8Array(size);
  escape(bytes, 0, text, 0, text.length);
  return bytes;
}
