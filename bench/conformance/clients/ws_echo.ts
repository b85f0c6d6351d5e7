/** The package ws as an echo: as the client of the list, but it offers compression where a case does. */

// @ts-types="npm:@types/ws@^8"
import { WebSocket } from "ws";
import manifest from "ws/package.json" with { type: "json" };
import type { EchoTask } from "./types.ts";

function echo({ url, deflate }: EchoTask): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  // Everything is compressed, however short.
  const perMessageDeflate = deflate === true && { threshold: 0 };
  const socket = new WebSocket(url, { perMessageDeflate });
  let problem = "";
  socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
  socket.on("error", ({ message }) => problem = message);
  socket.on("close", (code, reason) => resolve(`code ${code}, ${reason.toString() || problem}`));
  return promise;
}

/** What echoes, and its version. */
export const wsEcho = { library: `ws ${manifest.version}`, echo } as const;
