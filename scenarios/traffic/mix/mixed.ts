/** A mix of traffic: groups of connections, each with its own behaviour, by schedules that are followed together. */

import { MessageClassAccount } from "../../../measure/record/accounts/message_classes.ts";
import { seededRandom } from "../../../measure/record/random.ts";
import { largest } from "../../../measure/statistics/statistics.ts";
import { arriving, type Stream } from "../timing/arrivals.ts";
import type { MixGroup } from "./mixes.ts";
import { type Share, STILL_S } from "../timing/schedule.ts";
import type { Load, Traffic } from "../types.ts";

/** The fewest messages that may be unanswered on a connection, and about the most on all of them together. */
const FEWEST = 8;
const MOST = 2 ** 20;
/** How many connections are drawn at a time. */
const BLOCK = 256;
/** Distance between the seeds of two groups, so that no other trial of the run has the same. */
const SEEDS = 2 ** 16;

/**
 * The most messages that may be unanswered on one connection of a group.
 *
 * @param slots how many connections all groups have: each has room for as many as any
 */
export function depthIn({ messages }: MixGroup, slots: number): number {
  return Math.max(FEWEST, Math.ceil(Math.min((messages?.rate ?? 0) * STILL_S, MOST / slots)));
}

/**
 * Poisson arrivals are those of users who know nothing of each other: each is on a random connection of its group.
 * Arrivals at equal distances take the connections of the group in turn.
 *
 * @param options.groups each with as many connections as it has; these are numbered one group after the other
 * @param options.share which arrivals of each group's schedule it sends; other generators have as many connections
 * @param options.firstLarge connections from this number on send large messages
 */
export function mixed(
  load: Load,
  { groups, firstLarge, seed, share = { index: 0, of: 1 } }: {
    groups: readonly MixGroup[];
    firstLarge: number;
    seed: number;
    share?: Share | undefined;
  },
): Traffic {
  const slots = groups.reduce((sum, { connections }) => sum + connections, 0);
  const unanswered = new Uint32Array(slots);

  function streamsOf(group: MixGroup, index: number): Stream[] {
    const { connections, messages, pingEveryS } = group;
    const first = groups.slice(0, index).reduce((sum, { connections }) => sum + connections, 0);
    const depth = depthIn(group, slots);
    const own = seed + (index + 1) * SEEDS;
    const streams: Stream[] = [];
    if (messages !== undefined) {
      const chosen = messages.arrivals === "poisson"
        ? drawn(connections, seededRandom(own + SEEDS / 2 + share.index))
        : inTurn(connections);
      streams.push({
        rate: messages.rate * connections * share.of,
        arrivals: messages.arrivals,
        seed: own,
        share,
        arrive() {
          const connection = first + chosen();
          if (unanswered[connection]! < depth) {
            unanswered[connection]!++;
            load.send(connection);
          } else load.drop();
        },
      });
    }
    if (pingEveryS !== undefined) {
      const pinged = inTurn(connections);
      streams.push({
        rate: 1 / pingEveryS * connections * share.of,
        arrivals: "constant",
        seed: own,
        share,
        arrive: () => load.ping(first + pinged()),
      });
    }
    return streams;
  }

  return {
    ...arriving("messages", groups.flatMap(streamsOf)),
    connections: slots,
    slots,
    depth: largest(groups.map((group) => depthIn(group, slots))),
    accounts: [new MessageClassAccount(firstLarge)],
    phases: "any time",
    replied(connection, released) {
      unanswered[connection]! -= released;
    },
  };
}

/** The numbers from 0 to `count - 1`, again and again. */
function inTurn(count: number): () => number {
  let next = count - 1;
  return () => next = next + 1 === count ? 0 : next + 1;
}

/** Random numbers from 0 to `count - 1`, drawn in blocks, so that no number with a fraction is allocated. */
function drawn(count: number, random: () => number): () => number {
  const numbers = new Uint32Array(BLOCK);
  let place = BLOCK;
  return () => {
    if (place === BLOCK) {
      for (let index = 0; index < BLOCK; index++) numbers[index] = Math.floor(random() * count);
      place = 0;
    }
    return numbers[place++]!;
  };
}
