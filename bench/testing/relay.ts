/** A relay between WebSocket connections, which does something wrong to every K-th message of the server that has a text. */

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { RawData } from "npm:@types/ws@^8";
// @ts-types="npm:@types/ws@^8"
import { WebSocket, WebSocketServer } from "ws";

/** What a relay does to a message. */
export type RelayFault = "none" | "drop" | "duplicate" | "reorder" | "change";

/** What a relay does to which messages. */
export interface RelaySettings {
  readonly fault: RelayFault;
  /** It is done to every so many-th message. */
  readonly every: number;
  /** A text that messages have of which that is one. */
  readonly only: string;
}

/** How long a message is held back so that the next one overtakes it, in milliseconds. */
const HELD_MS = 100;

/** Changes one letter of the longest run of letters. */
function changed(text: string): string {
  const runs = [...text.matchAll(/[a-z]+/g)].toSorted((a, b) => b[0].length - a[0].length);
  const { index, 0: run } = runs[0]!;
  const at = index + (run.length >> 1);
  return `${text.slice(0, at)}${text[at] === "x" ? "y" : "x"}${text.slice(at + 1)}`;
}

/** Starts a relay to a port; it tells its own, and how many faults it has made. */
export async function startRelay(
  upstream: number,
  { fault, every, only }: RelaySettings,
): Promise<{ readonly port: number; faults(): number }> {
  let seen = 0;
  let faults = 0;
  const relay = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  relay.on("connection", (client, { url, headers }) => {
    const offered = headers["sec-websocket-protocol"]?.split(/, */) ?? [];
    const server = new WebSocket(`ws://127.0.0.1:${upstream}${url}`, offered, {
      perMessageDeflate: false,
    });
    const early: [RawData, boolean][] = [];
    let held: string | undefined;

    /** Sends what is held back: a fault if something has overtaken it. */
    function release(isOvertaken: boolean): void {
      if (held === undefined) return;
      client.send(held);
      held = undefined;
      if (isOvertaken) faults++;
    }
    client.on("message", (data, isBinary) => {
      if (server.readyState === WebSocket.OPEN) server.send(data, { binary: isBinary });
      else early.push([data, isBinary]);
    });
    server.on("open", () => {
      for (const [data, isBinary] of early) server.send(data, { binary: isBinary });
    });
    server.on("message", (data, isBinary) => {
      const text = String(data);
      if (isBinary || fault === "none" || !text.includes(only) || ++seen % every !== 0) {
        client.send(data, { binary: isBinary });
        return release(true);
      }
      if (fault !== "reorder") faults++;
      if (fault === "change") client.send(changed(text));
      if (fault === "duplicate") { for (let copy = 0; copy < 2; copy++) client.send(text); }
      if (fault !== "reorder") return;
      held = text;
      setTimeout(() => release(false), HELD_MS);
    });
    client.on("close", () => server.close());
    server.on("close", (code, reason) => client.close(code === 1005 ? 1000 : code, reason));
    server.on("error", () => client.terminate());
    client.on("error", () => server.terminate());
  });
  await once(relay, "listening");
  return { port: (relay.address() as AddressInfo).port, faults: () => faults };
}
