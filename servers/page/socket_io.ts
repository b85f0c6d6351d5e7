/**
 * Socket.IO's packets as text, as far as the page needs them: Engine.IO protocol 4
 * (https://github.com/socketio/engine.io-protocol) and in it Socket.IO protocol 5
 * (https://github.com/socketio/socket.io-protocol), one namespace and events named `message` with one text.
 *
 * protocols/ has the same for bytes, for a generator that must not allocate; a browser has strings and JSON.
 */

export type Packet =
  /** The Engine.IO session is open: the namespace can be joined. */
  | { readonly kind: "opened" }
  | { readonly kind: "joined" }
  | { readonly kind: "refused"; readonly reason: string }
  /** The server ended the connection to the namespace. */
  | { readonly kind: "left" }
  /** To be answered with {@linkcode PONG}. */
  | { readonly kind: "ping" }
  | { readonly kind: "message"; readonly text: string }
  /** Anything that the page does not need. */
  | { readonly kind: "other" };

export const PONG = "3";

/** What is between a packet's type and its content. */
function prefix(namespace: string): string {
  return namespace === "/" ? "" : `${namespace},`;
}

/** The packet that joins a namespace. */
export function joinPacket(namespace: string): string {
  return `40${prefix(namespace)}`;
}

export function messagePacket(namespace: string, text: string): string {
  return `42${prefix(namespace)}["message",${JSON.stringify(text)}]`;
}

/** Reads a packet; those of another namespace are `other`. */
export function readPacket(namespace: string, packet: string): Packet {
  if (packet.startsWith("0")) return { kind: "opened" };
  if (packet === "2") return { kind: "ping" };
  const own = prefix(namespace);
  if (!packet.startsWith("4") || !packet.startsWith(own, 2)) return { kind: "other" };
  const content = packet.slice(2 + own.length);
  switch (packet[1]) {
    case "0":
      return { kind: "joined" };
    case "1":
      return { kind: "left" };
    case "2":
      return messageOf(content);
    case "4":
      return { kind: "refused", reason: String(Object(parsed(content)).message ?? content) };
    default:
      return { kind: "other" };
  }
}

function messageOf(content: string): Packet {
  const event = parsed(content);
  return Array.isArray(event) && event[0] === "message"
    ? { kind: "message", text: String(event[1]) }
    : { kind: "other" };
}

/** What a JSON text says; undefined if it is not JSON. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
