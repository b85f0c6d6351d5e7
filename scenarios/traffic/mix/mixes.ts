/** Mixes of traffic: what the connections of an application do, by groups. */

import type { Arrivals } from "../timing/schedule.ts";

/** Connections of a mix that do the same. */
export interface MixGroup {
  /** Who they are: "listeners". */
  readonly title: string;
  /** How many they are, in proportion to the other groups. */
  readonly connections: number;
  /** What each of them sends; absent if they are silent. */
  readonly messages?: {
    /** Payload of each message, in bytes. */
    readonly size: number;
    /** Messages per second of a connection. */
    readonly rate: number;
    readonly arrivals: Arrivals;
  };
  /** Seconds from one ping of a connection to the next; absent if it sends none. */
  readonly pingEveryS?: number;
}

/** From this size on a message is a large one, in bytes. */
export const LARGE = 16 * 1024;

/**
 * The mixes that have a name. Any server can keep up with their rates with a thousand connections on a small machine:
 * the question is what they cost, not how much is possible.
 */
export const MIXES: { readonly [name: string]: readonly MixGroup[] } = {
  chat: [
    { title: "listeners", connections: 900, pingEveryS: 1 },
    { title: "talkers", connections: 80, messages: { size: 200, rate: 5, arrivals: "poisson" } },
    {
      title: "senders",
      connections: 20,
      messages: { size: 64 * 1024, rate: 1, arrivals: "poisson" },
    },
  ],
  feed: [
    { title: "watchers", connections: 300, pingEveryS: 1 },
    {
      title: "devices",
      connections: 680,
      messages: { size: 100, rate: 2, arrivals: "constant" },
      pingEveryS: 5,
    },
    {
      title: "gateways",
      connections: 20,
      messages: { size: LARGE, rate: 2, arrivals: "constant" },
    },
  ],
  files: [
    { title: "browsers", connections: 500, pingEveryS: 2 },
    { title: "editors", connections: 480, messages: { size: 1024, rate: 1, arrivals: "poisson" } },
    {
      title: "senders",
      connections: 20,
      messages: { size: 128 * 1024, rate: 0.5, arrivals: "poisson" },
    },
  ],
};
