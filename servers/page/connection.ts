/** A connection of the page. */

import type { Target } from "./address.ts";
import { protocols } from "./protocols.ts";
import { joinPacket, PONG } from "./socket_io.ts";

/** How long a connection may take until messages can be sent, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;

export interface Connection {
  /** Sends a message; only once it is open. */
  send(text: string): void;
  buffered(): number;
  /** Closes it; `closed` is not called for that. */
  close(): void;
}

/** What a connection reports. */
interface ConnectionEvents {
  opened(): void;
  received(text: string): void;
  /** It is closed, or never was open, for a reason in one line; nothing more is reported. */
  closed(why: string): void;
}

/**
 * Opens a connection; events come only after this has returned.
 *
 * @throws {Error} for a URL at which the browser opens no WebSocket, in one line
 */
export function connect(target: Target, events: ConnectionEvents): Connection {
  const { path } = target;
  const protocol = protocols[target.protocol];
  const socket = openSocket(target);
  socket.binaryType = "arraybuffer";
  const late = setTimeout(
    () => end(`${cannot(target)}: no answer within ${CONNECT_TIMEOUT_MS / 1000} s`),
    CONNECT_TIMEOUT_MS,
  );
  let isOpen = false;
  let isDone = false;

  socket.onopen = () => {
    if (protocol.isOpenAtOnce) opened();
  };
  socket.onmessage = ({ data }) => {
    if (!isDone) obey(textOf(data));
  };
  socket.onclose = ({ code, reason }) => {
    const said = `code ${code}${reason && `, ${reason}`}`;
    end(
      isOpen ? `Connection closed (${said})` : `${cannot(target)} (${said}): ${protocol.remedy}`,
    );
  };

  function obey(text: string): void {
    const packet = protocol.unpack(path, text);
    switch (packet.kind) {
      case "opened":
        return socket.send(joinPacket(path));
      case "joined":
        return opened();
      case "ping":
        return socket.send(PONG);
      case "message":
        return events.received(packet.text);
      case "refused":
        return end(`${cannot(target)}: the server refused the namespace, ${packet.reason}`);
      case "left":
        return end(`Connection closed: the server ended the namespace ${path}`);
    }
  }

  function opened(): void {
    if (isDone || isOpen) return;
    clearTimeout(late);
    isOpen = true;
    events.opened();
  }

  function end(why?: string): void {
    if (isDone) return;
    isDone = true;
    clearTimeout(late);
    socket.close();
    if (why !== undefined) events.closed(why);
  }

  return {
    send: (text) => socket.send(protocol.pack(path, text)),
    buffered: () => socket.bufferedAmount,
    close: () => end(),
  };
}

export function placeOf({ protocol, path, socketUrl }: Target): string {
  const { protocol: scheme, host } = new URL(socketUrl);
  return protocols[protocol].placeOf(`${scheme}//${host}`, path);
}

function cannot(target: Target): string {
  return `Cannot connect to ${placeOf(target)}`;
}

function openSocket(target: Target): WebSocket {
  try {
    return new WebSocket(target.socketUrl);
  } catch (error) {
    // For example an unencrypted connection from an encrypted page.
    throw new Error(`${cannot(target)}: ${(error as Error).message.replaceAll("\n", " ")}`);
  }
}

/** Bytes are shown as text. */
function textOf(data: unknown): string {
  return data instanceof ArrayBuffer ? new TextDecoder().decode(data) : String(data);
}
