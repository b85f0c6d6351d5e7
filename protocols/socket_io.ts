/**
 * Socket.IO over WebSocket alone: the URL's path is a namespace, and the messages are events named `message` with one
 * text, or with bytes, which follow their event in a separate message.
 */

import { constantMessage } from "./message.ts";
import { SocketIoConversation } from "./socket_io/conversation.ts";
import { LONGEST_ESCAPE, SocketIoPackets, socketIoTarget } from "./socket_io/packets.ts";
import { escape, escapedSize } from "./socket_io/text.ts";
import type { Message, Protocol } from "./types.ts";

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

/** What follows the text in an event. */
const EVENT_END = new TextEncoder().encode('"]');

function textEvent(packets: SocketIoPackets, content: Message): Message {
  const { size, parts } = content;
  const { textEventStart: start } = packets;
  const plain = new Uint8Array(size);
  return {
    isText: true,
    size: packets.maxTextEventSize(size),
    parts: {
      ...parts,
      headSize: start.length + LONGEST_ESCAPE * parts.headSize,
      writeHead(target, at, connection, sequence) {
        target.set(start, at);
        const length = parts.writeHead(plain, 0, connection, sequence);
        return escape(target, at + start.length, plain, 0, length);
      },
      rest(index) {
        const rest = parts.rest(index);
        const escaped = new Uint8Array(escapedSize(rest, 0, rest.length) + EVENT_END.length);
        escaped.set(EVENT_END, escape(escaped, 0, rest, 0, rest.length));
        return escaped;
      },
    },
    write(target, at, connection, sequence) {
      const length = content.write(plain, 0, connection, sequence);
      return packets.writeTextEvent(target, at, plain, 0, length);
    },
  };
}
