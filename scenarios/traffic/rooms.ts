/**
 * Rooms: in each of several groups of connections some speak, and what one says goes to all members of its room, itself
 * among them. In the closed form a speaker sends again when a message has reached everybody; in the open form the
 * speakers of all rooms take turns by a schedule.
 */

import { arriving } from "./timing/arrivals.ts";
import { type ScheduleOptions, STILL_S } from "./timing/schedule.ts";
import type { Load, Traffic } from "./types.ts";

/** The fewest messages of a speaker that may be on their way. */
const FEWEST = 16;

/** What rooms there are. */
export interface RoomOptions {
  /** How many rooms. */
  readonly rooms: number;
  /** Connections of each room. */
  readonly members: number;
  /** How many of them speak: at most all. */
  readonly speakers: number;
  /** How many messages of a speaker are on their way at once; without meaning if there is a schedule. */
  readonly inFlight: number;
  /** When somebody speaks: the messages of all rooms together. */
  readonly schedule?: ScheduleOptions | undefined;
}

/** The traffic of rooms, each of whose members has the connections that follow one another. */
export function rooms(
  load: Load,
  { rooms, members, speakers, inFlight, schedule }: RoomOptions,
): Traffic {
  const connections = rooms * members;
  const talkers = rooms * speakers;
  const depth = schedule === undefined
    ? inFlight
    : Math.max(FEWEST, Math.ceil(schedule.rate * STILL_S / talkers));
  /** How many deliveries of a speaker may be due when it sends another message. */
  const most = (depth - 1) * members;
  /** How many of its deliveries are due, by connection. */
  const due = new Float64Array(connections);
  let turn = 0;
  let stopped = false;

  function send(speaker: number): void {
    due[speaker]! += members;
    load.send(speaker);
  }

  /** The speaker whose turn it is: one of each room, then another one of each. */
  function nextSpeaker(): number {
    const room = turn % rooms;
    const speaker = room * members + Math.floor(turn / rooms);
    turn = (turn + 1) % talkers;
    return speaker;
  }

  function arrive(): void {
    const speaker = nextSpeaker();
    if (due[speaker]! <= most) send(speaker);
    else load.drop();
  }

  const arrivals = schedule && arriving("messages", [{ ...schedule, arrive }]);
  const loop = {
    start(): void {
      for (let left = talkers; left > 0; left--) {
        const speaker = nextSpeaker();
        while (due[speaker]! <= most) send(speaker);
      }
    },
    stop(): void {
      stopped = true;
    },
  };

  return {
    ...(arrivals ?? loop),
    connections,
    slots: connections,
    depth,
    groups: { members, speakers },
    phases: "any time",
    replied(speaker, released) {
      due[speaker]! -= released;
      if (arrivals === undefined && !stopped && due[speaker]! <= most) send(speaker);
    },
  };
}
