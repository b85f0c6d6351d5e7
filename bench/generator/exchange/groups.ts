/** Groups of connections that get each other's messages, and the streams of messages between their members. */

import type { Groups } from "../../../scenarios/traffic/types.ts";

/**
 * Numbers of what a group has: connections follow one another group by group, and the first of each group speak. A stream
 * is what one speaker says to one member of its group, itself included.
 */
export class GroupNumbers {
  readonly #members: number;
  readonly #speakers: number;
  /** Whether other generators have members of the same groups. */
  readonly isShared: boolean;
  /** Whether those that speak are connections of another generator. */
  readonly isListening: boolean;

  constructor({ members, speakers, shared }: Groups) {
    this.#members = members;
    this.#speakers = speakers;
    this.isShared = shared !== undefined;
    this.isListening = shared === "listens";
  }

  /** How many connections a group has. */
  get members(): number {
    return this.#members;
  }

  /** How many of the connections of a group speak. */
  get speakers(): number {
    return this.#speakers;
  }

  /** The group of a connection. */
  groupOf(connection: number): number {
    return Math.floor(connection / this.#members);
  }

  /** The connection of a speaker of a connection's group; `speaker` is below {@linkcode GroupNumbers.speakers}. */
  speakerOf(connection: number, speaker: number): number {
    return this.groupOf(connection) * this.#members + speaker;
  }

  /** The stream from a speaker of its group to a connection. */
  streamTo(connection: number, speaker: number): number {
    return connection * this.#speakers + speaker;
  }

  /** How many streams there are between so many connections. */
  streams(connections: number): number {
    return connections * this.#speakers;
  }

  /** How many of so many connections speak. */
  senders(connections: number): number {
    return connections / this.#members * this.#speakers;
  }

  /** The place of a speaking connection among all that speak. */
  senderAt(connection: number): number {
    return this.groupOf(connection) * this.#speakers + connection % this.#members;
  }

  /** The place among all that speak of the one that a stream is from. */
  senderOf(stream: number): number {
    const receiver = Math.floor(stream / this.#speakers);
    return this.groupOf(receiver) * this.#speakers + stream % this.#speakers;
  }

  /** The connection that a stream is from. */
  originOf(stream: number): number {
    return this.speakerOf(Math.floor(stream / this.#speakers), stream % this.#speakers);
  }
}
