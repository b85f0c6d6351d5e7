/**
 * Socket.IO over WebSocket alone: the URL's path is a namespace, and the messages are events with one text, or with
 * bytes, which follow their event in a separate message. They come back as events, or as acknowledgements.
 */

import { GROUP } from "./common/groups.ts";
import { isObject } from "./messages/rule.ts";
import { Template } from "./messages/template.ts";
import { type Acknowledgement, SocketIoConversation } from "./socket_io/conversation.ts";
import { DEFAULT_PATH, EVENT_NAME, SocketIoPackets, socketIoTarget } from "./socket_io/packets.ts";
import type { Message, Protocol } from "./types.ts";

/** Socket.IO's events. */
export const socketIo: Protocol = {
  id: "socket.io",
  title: "Socket.IO",
  pathNames: "namespace",
  options: {
    event: {
      about: "The event that is sent, and comes back",
      type: "text",
      default: EVENT_NAME,
      problem: (event) => RESERVED.has(event as string) ? "is one of Socket.IO's own" : undefined,
    },
    ack: {
      about: "Whether an acknowledgement is the reply, and what it has: what was sent, or anything",
      type: "text",
      oneOf: ["none", "echo", "any"],
      default: "none",
    },
    auth: {
      about: "What is said of oneself when a namespace is joined: JSON, such as a token",
      type: "json",
      isSecret: true,
      problem: (auth) => isObject(auth) ? undefined : "must be an object",
    },
    path: {
      about: "Where Socket.IO is",
      type: "text",
      default: DEFAULT_PATH,
      problem: (path) => String(path).startsWith("/") ? undefined : 'must begin with "/"',
    },
    query: {
      about: "What the query of the handshake has beside that of the URL, such as token=abc",
      type: "text",
      isSecret: true,
    },
  },
  codec(url, { options, run, groupOf }) {
    const { event, ack, auth, path, query } = options;
    const { handshake, namespace } = socketIoTarget(
      url,
      path as string,
      query as string | undefined,
    );
    const packets = new SocketIoPackets(namespace, event as string, auth);
    const template = (content: Message): Template =>
      new Template(packets.eventTemplate(content.isText, ack !== "none"), run, true, groupOf);
    const ofGroups = new Map<number, SocketIoPackets>();
    const packetsOf = (group: number): SocketIoPackets =>
      ofGroups.getOrInsertComputed(
        group,
        () => new SocketIoPackets(namespace.replace(GROUP, `${group}`), event as string, auth),
      );
    const [before, after] = namespace.split(GROUP).map((text) => RegExp.escape(text));
    const rooms = after === undefined ? undefined : new RegExp(`^${before}\\d+${after}$`, "u");
    return {
      url: handshake,
      ...(ack !== "none" && { mayOvertake: true as const }),
      messages: (content) => events(template(content), content),
      conversation: (handlers, connection) =>
        new SocketIoConversation(
          rooms === undefined ? packets : packetsOf(groupOf(connection)),
          handlers,
          ack as Acknowledgement,
          rooms,
        ),
    };
  },
  pathProblem: (path) =>
    path.replace(/\?.*/, "").includes(",")
      ? 'must not have a ",", which ends the name of a namespace'
      : undefined,
};

/** Events that have a meaning of their own ("Emit cheatsheet" in the documentation of Socket.IO). */
const RESERVED: ReadonlySet<string> = new Set([
  "connect",
  "connect_error",
  "disconnect",
  "disconnecting",
  "newListener",
  "removeListener",
]);

/** The messages of an event: a template, and with it the bytes if there are any. */
function events(template: Template, content: Message): readonly Message[] {
  const event = template.message(content);
  return content.isText ? [event] : [event, content];
}
