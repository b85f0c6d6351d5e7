/** One handshake with a server, as the client `wire` makes it, to see whether it accepts connections. */

import type { ConnectOptions } from "../../clients/types.ts";
import { writeClose } from "../../clients/wire/frame/frame.ts";
import { createHandshake, HandshakeError } from "../../clients/wire/handshake/handshake.ts";
import { offerOf } from "../../clients/wire/handshake/offer.ts";
import { endpointAt } from "../../clients/wire/transport/endpoint.ts";
import { TcpTransport } from "../../clients/wire/transport/tcp.ts";
import { shown } from "../../measure/text/shown.ts";
import { codecFor } from "../../protocols/mod.ts";
import { after } from "../process/delay.ts";
import { targetUrl } from "../process/reachability.ts";

/** Where a connection is opened, and how. */
export interface Target {
  /** Base URL. */
  readonly url: string;
  /** Path of its WebSocket, or what the protocol has in its place. */
  readonly path: string;
  readonly protocol: string;
  readonly connect?: ConnectOptions;
}

/** What a server says to a handshake. */
export type Answer = Accepted | Refusal;

export interface Accepted {
  readonly isAccepted: true;
  /** The subprotocol that it chose; absent if it chose none. */
  readonly subprotocol?: string;
}

export interface Refusal {
  readonly isAccepted: false;
  /** What was said instead, or happened, on one line. */
  readonly reason: string;
  /** Whether somebody listens there. */
  readonly isThere: boolean;
  /** Where it redirects to. */
  readonly location?: string;
}

export const NO_ANSWER = "no answer in time";

/** How long a server may take to answer a close, in milliseconds. */
const CLOSE_MS = 500;
const ONLY_SLOT = 0;

/** Makes a handshake, and closes the connection again. */
export async function tryHandshake(target: Target, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  const { connect = {} } = target;
  const url = targetUrl(target.url, target.path);
  const codec = codecFor(target.protocol, url, connect.protocolOptions);
  const { request, reader } = createHandshake(codec.url, offerOf(codec, connect));
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const { promise: end, resolve: ended } = Promise.withResolvers<void>();
  let isThere = false;
  let isOpen = false;
  const refused = (reason: string, location?: string): void =>
    resolve({
      ...{ isAccepted: false, reason: shown(reason), isThere },
      ...(location !== undefined && { location }),
    });
  const transport = new TcpTransport(
    {
      connected() {
        isThere = true;
        transport.write(ONLY_SLOT, request, 0, request.length);
      },
      received(_slot, buffer, start, stop) {
        try {
          if (!isOpen && reader.push(buffer, start, stop) >= 0) {
            isOpen = true;
            const { subprotocol } = reader;
            resolve({ isAccepted: true, ...(subprotocol !== undefined && { subprotocol }) });
          }
        } catch (error) {
          refused(
            (error as Error).message,
            error instanceof HandshakeError ? error.location : undefined,
          );
        }
      },
      ended(_slot, reason) {
        // What TLS failed of says enough.
        const isTls = reason.startsWith("the server");
        isThere ||= isTls;
        refused(isThere && !isTls ? `${reason} amid the handshake` : reason);
        ended();
      },
    },
    endpointAt(codec.url, connect.tls),
    1,
  );
  const giveUp = (): void => refused(NO_ANSWER);
  signal.addEventListener("abort", giveUp);
  transport.connect(ONLY_SLOT);
  try {
    const answer = await promise;
    if (answer.isAccepted) {
      const frame = new Uint8Array(16);
      transport.write(ONLY_SLOT, frame, 0, writeClose(frame, 0, 1000, "", 0));
      using late = after(CLOSE_MS);
      await Promise.race([end, late.over]);
    }
    return answer;
  } finally {
    signal.removeEventListener("abort", giveUp);
    transport.dispose();
  }
}
