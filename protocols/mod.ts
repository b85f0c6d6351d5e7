/** The list of protocols: a new one is a file and a line here. */

import { actionCable } from "./action_cable.ts";
import { graphqlTransportWs } from "./graphql_transport_ws.ts";
import { jsonRpc } from "./json_rpc.ts";
import { messages } from "./messages.ts";
import { mqtt } from "./mqtt.ts";
import { nats } from "./nats.ts";
import { phoenix } from "./phoenix.ts";
import { socketIo } from "./socket_io.ts";
import { stomp } from "./stomp.ts";
import { withDefaults } from "./options.ts";
import type { Codec, CodecSettings, OptionValues, Protocol } from "./types.ts";
import { websocket } from "./websocket.ts";

/** What can be said over a WebSocket; the first is the default. */
export const protocols: readonly [Protocol, ...Protocol[]] = [
  websocket,
  actionCable,
  graphqlTransportWs,
  jsonRpc,
  messages,
  mqtt,
  nats,
  phoenix,
  socketIo,
  stomp,
];

/** Those of users' files, by the URL of the file. */
const loaded = new Map<string, Protocol>();

/** Whether an id names a file that exports a protocol. */
export function isProtocolFile(id: string): boolean {
  return id.startsWith("file:");
}

/**
 * Loads the protocol that a file exports by default, so that {@linkcode protocolOf} finds it; nothing for one of the list.
 *
 * @param id `file:///…` for a file, else that of the list
 * @throws {Error} if the file cannot be loaded or exports none, with the reason as a phrase that follows its name
 */
export async function loadProtocol(id: string): Promise<void> {
  if (!isProtocolFile(id) || loaded.has(id)) return;
  const { default: exported }: { default?: Partial<Protocol> } = await import(id);
  if (typeof exported?.codec !== "function" || typeof exported.title !== "string") {
    throw new Error("exports no protocol by default: `export default defineProtocol({ … })`");
  }
  loaded.set(id, { ...exported, id } as Protocol);
}

/** @throws {RangeError} for an id that is not in the list, and a file that was not loaded */
export function protocolOf(id: string): Protocol {
  const protocol = protocols.find((one) => one.id === id) ?? loaded.get(id);
  if (protocol !== undefined) return protocol;
  throw new RangeError(`Cannot speak a protocol that is not in the list: received '${id}'`);
}

/**
 * Prepares what connections to a URL say.
 *
 * @param id of the protocol
 * @param options as they were given
 * @param groupOf each connection is a group of its own when left out
 * @param trial what several generators share; nothing when left out
 * @throws {SyntaxError} for a URL that the protocol cannot use
 */
export function codecFor(
  id: string,
  url: string,
  options: OptionValues = {},
  groupOf: CodecSettings["groupOf"] = (connection) => connection,
  trial?: string,
): Codec {
  const protocol = protocolOf(id);
  const run = crypto.randomUUID().slice(0, 8);
  return protocol.codec(url, { options: withDefaults(protocol, options), run, trial, groupOf });
}

/** Checks the type of a protocol in a file of your own, which exports what this returns by default. */
export function defineProtocol(protocol: Omit<Protocol, "id">): Omit<Protocol, "id"> {
  return protocol;
}
