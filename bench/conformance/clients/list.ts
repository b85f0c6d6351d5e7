/** The clients that the suite can try. */

import { findChromium } from "../../../clients/chromium.ts";
import { pick } from "../../choice.ts";

/** A client as the suite knows it. */
export interface ClientTarget {
  /** Name in options, files and tables. */
  readonly id: string;
  /** Name in headings. */
  readonly title: string;
  /** Why only cases without messages are run; absent for all. */
  readonly onlyLayer?: string;
  /** Set if the user connects it. */
  readonly isOwn?: true;
  /** What is missing on this machine and how to get it, in one line. */
  missing?(): string | undefined;
}

const LINUX = "it needs Linux";
const onLinux = (): string | undefined => Deno.build.os === "linux" ? undefined : LINUX;

/** All of them. */
export const targets: readonly ClientTarget[] = [
  { id: "wire", title: "Wire" },
  { id: "wire-epoll", title: "Wire (epoll)", missing: onLinux },
  { id: "wire-uring", title: "Wire (io_uring)", missing: onLinux },
  { id: "wire-tcp", title: "Wire (tcp)" },
  { id: "websocket", title: "WebSocket API" },
  { id: "ws", title: "ws" },
  {
    id: "socketio",
    title: "Socket.IO",
    onlyLayer:
      "it sends packets of Socket.IO of its own: only cases without messages that come back were run",
  },
  {
    id: "browser",
    title: "Browser",
    missing() {
      const found = findChromium();
      return "missing" in found ? found.missing : undefined;
    },
  },
];

/** A client of the user, which connects by itself. */
const own: ClientTarget = { id: "own", title: "Own client", isOwn: true };

/**
 * Finds clients by their ids; `all` means those that the suite starts itself.
 *
 * @throws {UsageError} for an unknown one
 */
export function chooseTargets(ids: readonly string[]): readonly ClientTarget[] {
  return ids.includes("all") ? targets : pick("client", ids, [...targets, own]);
}
