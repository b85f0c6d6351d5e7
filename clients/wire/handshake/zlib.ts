/**
 * Node's zlib, loaded when the first message is compressed or inflated: its loading takes as long as the start of Deno
 * itself, in every process that opens a WebSocket.
 */

let loaded: typeof import("node:zlib") | undefined;

/** The module node:zlib. */
export function zlib(): typeof import("node:zlib") {
  return loaded ??= globalThis.process.getBuiltinModule("node:zlib");
}
