/** What a server does with clients that do not read, as the measurement shows it. */

import type { AccountCounts } from "../record/accounts/mod.ts";
import { type Figure, isMeasured } from "../model/result.ts";

/** What was measured of a server while some clients read late. */
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

/** Replies per second to the same clients; undefined if that was not measured. */
export interface Rates {
  /** With no other clients. */
  readonly alone: number | undefined;
  /** With others that send as much as those that read late, but read the replies as they come. */
  readonly prompt: number | undefined;
  /** With others that read late. */
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
  /** In a word. */
  readonly manner: Manner;
  /** Whether other clients are delayed, by what these send or by what they do not read. */
  readonly delays: boolean;
  /** In words, as a phrase without a full stop. */
  readonly words: string;
}

const MIB = 2 ** 20;
/** From this share of what could be sent, all of it counts as taken: the rest may still be in the client. */
const ALL = 0.99;
/** A server that still takes messages after this share of the window has not stopped. */
const LATE = 0.75;
/** Memory must grow by this share of what was taken for it to count as kept in memory. */
const KEPT = 0.5;
/** Clients count as delayed below this share of the rate that they have alone: a busy machine alone can halve a rate. */
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

/** Clients that read promptly cost the others something, too: their figure shows what not reading adds. */
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
