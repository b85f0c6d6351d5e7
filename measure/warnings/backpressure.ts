/** What a server does with clients that do not read, derived from what was measured. */

import type { AccountCounts } from "../record/accounts/mod.ts";
import { type Figure, isMeasured } from "../model/result.ts";

/** What is known of a server beside clients that read late. */
export interface SlowFigures {
  /** What became of these clients. */
  readonly bulk: Pick<
    NonNullable<AccountCounts["bulk"]>,
    "connections" | "messages" | "size" | "taken" | "takenMs" | "closed"
  >;
  /** Length of the window in milliseconds. */
  readonly windowMs: number;
  /** Messages that were never answered, though their connection was not closed. */
  readonly lost: number;
  /** By how much the server's memory grew in the window, in bytes. */
  readonly growthBytes: Figure;
  /** Replies per second to the clients whose latency was measured. */
  readonly rates: Rates;
}

/** Replies per second to the same clients; undefined where that was not measured. */
export interface Rates {
  /** With nobody beside them. */
  readonly alone: number | undefined;
  /** Beside clients that send as much as those that read late, and read the replies as they come. */
  readonly prompt: number | undefined;
  /** Beside clients that read late. */
  readonly slow: number;
}

/**
 * What a server does with the replies to a client that does not read: it closes the connection, it drops some, it stops
 * reading what the client sends, it takes all and keeps it in memory, it takes all and does not, or it was still taking
 * in at the end of the window, so that more cannot be said.
 */
export type Manner = "closes" | "drops" | "stops reading" | "queues" | "takes all" | "still takes";

/** What a server does with clients that do not read. */
export interface Policy {
  /** In one word. */
  readonly manner: Manner;
  /** Whether others are delayed beside them, be it by what these send or by what they do not read. */
  readonly delays: boolean;
  /** In words, as a phrase without a full stop. */
  readonly words: string;
}

const MIB = 2 ** 20;
/** From this share of what could be sent on all of it counts as taken: the rest may lie in the client. */
const ALL = 0.99;
/** What is taken after this share of the window shows that a server has not stopped. */
const LATE = 0.75;
/** Share of what was taken by which memory grows where it is kept; below that it is somewhere else. */
const KEPT = 0.5;
/** Share of the rate that they have alone below which others count as delayed: a busy machine alone can halve a rate. */
const DELAYED = 1 / 3;

const mib = (bytes: number): string => `${(bytes / MIB).toFixed(bytes < 10 * MIB ? 1 : 0)} MiB`;
const percent = (share: number): string =>
  `${(share * 100).toFixed(share > 0 && share < 0.01 ? 2 : 0)} %`;

/** Says what a server does with clients that do not read. */
export function policyOf(figures: SlowFigures): Policy {
  const manner = mannerOf(figures);
  const delay = delayOf(figures.rates);
  const words = [inWords(manner, figures), ...(delay === undefined ? [] : [delay])].join("; ");
  return { manner, delays: delay !== undefined, words };
}

/** Who reads promptly costs the others something, too: beside that is seen what not reading costs them. */
function delayOf({ alone, prompt, slow }: Rates): string | undefined {
  if (alone === undefined || alone === 0 || slow / alone >= DELAYED) return undefined;
  const promptly = prompt === undefined
    ? ""
    : `, and ${percent(prompt / alone)} beside clients that send as much and read`;
  return `delays the others: they have ${percent(slow / alone)} of their rate alone${promptly}`;
}

function mannerOf(
  { bulk: { connections, messages, size, taken, takenMs, closed }, windowMs, ...rest }: SlowFigures,
): Manner {
  if (closed > 0) return "closes";
  if (rest.lost > 0) return "drops";
  if (taken < connections * messages * ALL) {
    return takenMs !== null && takenMs > windowMs * LATE ? "still takes" : "stops reading";
  }
  const isKept = isMeasured(rest.growthBytes) && rest.growthBytes >= taken * size * KEPT;
  return isKept ? "queues" : "takes all";
}

function inWords(
  manner: Manner,
  { bulk: { connections, size, taken, closed }, lost, growthBytes }: SlowFigures,
): string {
  const each = mib(taken * size / connections);
  const memory = isMeasured(growthBytes)
    ? `its memory grew by ${mib(Math.max(0, growthBytes))}`
    : "its memory was not measured";
  switch (manner) {
    case "closes":
      return `closes the connection (${closed} of ${connections}) after about ${each}; ${memory}`;
    case "drops":
      return `drops messages: ${percent(lost / taken)} of the replies never came; ${memory}`;
    case "stops reading":
      return `stops reading at about ${each} of each client, the systems' buffers included; ${memory}`;
    case "queues":
      return `queues without limit: it took all ${each} of each client, and ${memory}`;
    case "takes all":
      return `takes all ${each} of each client; ${memory}`;
    case "still takes":
      return `still takes more at the end of the window: ${each} of each client; ${memory}`;
  }
}
