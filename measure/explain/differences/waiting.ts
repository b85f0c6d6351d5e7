/** Time that passes without CPU time: a server that waits, and perhaps for a lock. */

import { isMeasured } from "../../model/result.ts";
import {
  countsOf,
  digits,
  duration,
  figuresOf,
  type Idea,
  isFarApart,
  type Pair,
  type Side,
  wallNs,
} from "./difference.ts";

/** What of the time between two replies may be noise, as a share. */
const NOISE = 0.1;

/** Rarer events, a message, are not what all messages wait for. */
const LEAST_EVENTS = 0.1;
/** Where others took more of a server's CPU, as a share of the time, only what is counted says that it waits. */
const MOST_OUTSIDE = 0.2;
/** A client that was at work for more of the time may be what a server waits for, in per cent. */
const MOST_BUSY = 80;

/** The time from one reply to the next one that is not CPU time, with what was counted of locks. */
export const waiting: Idea = {
  id: "waiting",
  covers: ["switches", "syscalls.lock"],
  isOfTimes: true,
  find(server, other) {
    const cpu = figuresOf("time.cpu", server, other);
    if (cpu === undefined || isClientBusy(server) || isClientBusy(other)) return undefined;
    const outside = figuresOf("time.outside", server, other) ?? { own: 0, other: 0 };
    // Of several threads that work at a time, the CPU time is above that of the clock: nothing is left then.
    const [own, others] = [
      wallNs(server) - (cpu.own + outside.own) * 1000,
      wallNs(other) - (cpu.other + outside.other) * 1000,
    ];
    const longer = own - others;
    const isBeyond = isFarApart({ own: Math.max(0, own), other: Math.max(0, others) });
    if (!isBeyond || Math.abs(longer) < NOISE * Math.max(wallNs(server), wallNs(other))) {
      return undefined;
    }
    const locks = many(countsOf("syscalls.lock", server, other));
    const switches = many(countsOf("switches.voluntary", server, other));
    const isDisturbed = outside.own * 1000 > MOST_OUTSIDE * wallNs(server) ||
      outside.other * 1000 > MOST_OUTSIDE * wallNs(other);
    if (isDisturbed && locks === undefined && switches === undefined) return undefined;
    const beside = [
      ...(locks === undefined
        ? []
        : [`${digits(locks.own)} system calls of locks a message (${digits(locks.other)})`]),
      ...(switches === undefined ? [] : [
        `${digits(switches.own)} voluntary context switches (${digits(switches.other)})`,
      ]),
    ];
    return {
      of: "wall",
      ns: longer,
      said:
        `${duration(Math.max(0, own))} of each ${
          duration(wallNs(server))
        } between replies it waits (${other.name} ${duration(Math.max(0, others))} of ${
          duration(wallNs(other))
        })` +
        (beside.length === 0 ? "" : `, with ${beside.join(" and ")}`),
    };
  },
};

function isClientBusy({ counters: { "client.busy": busy } }: Side): boolean {
  return busy !== undefined && isMeasured(busy) && busy > MOST_BUSY;
}

/** Counts that are not far below one a message: fewer hold nothing up. */
function many(pair: Pair | undefined): Pair | undefined {
  return pair !== undefined && Math.max(pair.own, pair.other) >= LEAST_EVENTS ? pair : undefined;
}
