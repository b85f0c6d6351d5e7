/** The list of accounts, in the order of the tables. */

import { type Account, type CountsOf, type HistogramWords, mergeCounts } from "./account.ts";
import type { HistogramName } from "../../model/types.generated.ts";
import { ARRIVALS } from "./arrivals.ts";
import { BATCHES } from "./batches.ts";
import { BULK } from "./bulk.ts";
import { COMPRESSION } from "./compression.ts";
import { DELIVERIES } from "./deliveries.ts";
import { MESSAGE_CLASSES } from "./message_classes.ts";
import { PINGS } from "./pings.ts";
import { PUSHES } from "./pushes.ts";
import { UNASKED } from "./unasked.ts";
import { RECONNECTS } from "./reconnects.ts";

export type { HistogramName } from "../../model/types.generated.ts";

/** Every account. */
export const ACCOUNTS = [
  ARRIVALS,
  BATCHES,
  DELIVERIES,
  MESSAGE_CLASSES,
  PINGS,
  BULK,
  COMPRESSION,
  UNASKED,
  RECONNECTS,
  PUSHES,
] as const;

/** One of them. */
export type KnownAccount = typeof ACCOUNTS[number];

/** The counts of the accounts that a trial has. */
export type AccountCounts = {
  readonly [Each in KnownAccount as keyof Each["counts"] extends never ? never : Each["name"]]?:
    CountsOf<
      Each
    >;
};

/** Name of an account that counts something. */
export type CountedAccount = keyof AccountCounts;

/** The histograms that every trial has. */
const OWN_HISTOGRAMS = {
  serviceTime: {
    title: "Latency",
    prefix: "",
    name: "Latency",
    question: "How long do the slowest messages wait for their replies?",
  },
  responseTime: {
    title: "Response time",
    prefix: "response.",
    name: "Response time",
    question: "How long do the slowest replies take, counted from when the message was due?",
  },
  handshakeTime: {
    title: "Handshake",
    prefix: "handshake.",
    name: "Handshake time",
    question: "How long do the slowest handshakes take?",
  },
} as const satisfies { readonly [name: string]: HistogramWords };

/** The histograms that a trial may keep, all in integer nanoseconds, with their words. */
export const HISTOGRAMS = Object.assign(
  {},
  OWN_HISTOGRAMS,
  // deno-lint-ignore wsmark/no-spread-arguments -- as many as there are kinds
  ...ACCOUNTS.map(({ histograms }) => histograms),
) as { readonly [name in HistogramName]: HistogramWords };

/** The counts of those accounts that have counted something. */
export function countsOf(accounts: readonly Account[]): AccountCounts {
  return Object.fromEntries(
    accounts.flatMap((account) => {
      const counts = account.counts();
      return counts === undefined ? [] : [[account.kind.name, counts]];
    }),
  );
}

/** Merges the counts of generators that share a trial. */
export function mergeAccounts(all: readonly AccountCounts[]): AccountCounts {
  return Object.fromEntries(
    ACCOUNTS.flatMap((kind) => {
      const name = kind.name as CountedAccount;
      const merged = mergeCounts(kind, all.flatMap((counts) => counts[name] ?? []));
      return merged === undefined ? [] : [[name, merged]];
    }),
  );
}
