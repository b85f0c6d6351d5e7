/** The messages that are sent in a trial: when each of them was, and when it was meant to be. */

import type { Pace, Traffic } from "../../../scenarios/traffic/types.ts";
import type { Books } from "./books.ts";
import type { GroupNumbers } from "./groups.ts";

export class Sending {
  /** Send time of each message that may still be answered, by place; the last one is of unknown ones. */
  readonly sentMs: Float64Array;
  /** When each of these messages, or its connection, was meant to begin; empty if there is no schedule. */
  readonly intendedMs: Float64Array;
  /** What follows a schedule. */
  readonly paced: Exclude<Pace["of"], "pauses"> | undefined;
  /** How many messages were meant to be sent and are not yet. */
  unsent = 0;

  readonly #books: Books;
  readonly #traffic: Traffic;
  readonly #ring: number;
  /** When each connection was meant to be opened, if a schedule says so. */
  readonly #openingMs: Float64Array;
  /** Messages of each connection that were meant to be sent, whether they are sent yet or not. */
  readonly #intended: Float64Array;

  constructor(books: Books, traffic: Traffic) {
    this.#books = books;
    this.#traffic = traffic;
    this.#ring = books.ring;
    this.sentMs = new Float64Array(books.senders * books.ring + 1);
    this.sentMs[this.places] = NaN;
    const { of = "pauses" } = traffic.pace ?? {};
    this.paced = of === "pauses" ? undefined : of;
    this.intendedMs = new Float64Array(this.paced === undefined ? 0 : this.sentMs.length);
    if (this.intendedMs.length > 0) this.intendedMs[this.places] = NaN;
    this.#intended = new Float64Array(traffic.slots);
    this.#openingMs = new Float64Array(traffic.slots);
  }

  /** Number of places that {@linkcode Sending.place} gives. */
  get places(): number {
    return this.sentMs.length - 1;
  }

  /** Where to keep what belongs to a message while it may be answered: messages that are far apart share a place. */
  place(sender: number, sequence: number): number {
    return sender * this.#ring + (sequence & this.#ring - 1);
  }

  /** The place of a message that was sent, or that of all unknown ones. */
  placeOfSent(sender: number, stream: number, sequence: number): number {
    const { groups, ledger } = this.#books;
    const isKnown = !groups?.isListening && sequence >= 0 &&
      sequence >= ledger.sent(stream) - this.#ring;
    return isKnown ? this.place(sender, sequence) : this.places;
  }

  /** To be called when the traffic asks for messages, which may have to wait. */
  offer(number: number, count: number): void {
    if (this.paced !== "messages") return;
    const { groups, recorder } = this.#books;
    const pace = this.#traffic.pace!;
    const sender = groups?.senderAt(number) ?? number;
    for (let left = count; left > 0; left--) {
      this.intendedMs[this.place(sender, this.#intended[number]!++)] = pace.intendedMs;
      recorder.offer(pace.intendedMs);
    }
    this.unsent += count;
  }

  /** To be called when the traffic gives up a message that is due. */
  drop(): void {
    const { recorder } = this.#books;
    const { intendedMs } = this.#traffic.pace!;
    recorder.offer(intendedMs);
    recorder.arrivals.drop(intendedMs);
  }

  /** To be called when the traffic opens a connection. */
  open(number: number, nowMs: number): void {
    if (this.paced !== "connections") return;
    const { recorder } = this.#books;
    const { intendedMs } = this.#traffic.pace!;
    this.#openingMs[number] = intendedMs;
    recorder.offer(intendedMs);
    recorder.arrivals.pace(intendedMs, nowMs);
  }

  /** To be called when messages are sent together; returns the number of the first on its connection. */
  note(number: number, count: number, nowMs: number): number {
    const { groups, deliveries, recorder, ledger, sentTo, measured } = this.#books;
    const sender = groups?.senderAt(number) ?? number;
    const first = groups === undefined
      ? ledger.send(number, count)
      : this.#sendToGroup(groups, number, count);
    for (let sequence = first; sequence < first + count; sequence++) {
      if (groups !== undefined) deliveries!.send(sender, sequence, nowMs);
      const place = this.place(sender, sequence);
      this.sentMs[place] = nowMs;
      if (sentTo !== undefined) sentTo.sent(number, nowMs);
      if (this.paced === "messages") {
        recorder.arrivals.pace(this.intendedMs[place]!, nowMs);
      } else if (this.paced === "connections") this.intendedMs[place] = this.#openingMs[number]!;
    }
    if (this.paced === "messages") this.unsent -= count;
    if (number < measured) recorder.send(nowMs, count);
    return first;
  }

  /** Notes messages as sent to all of a group; returns the number of the first, which all streams of a speaker share. */
  #sendToGroup(groups: GroupNumbers, number: number, count: number): number {
    const start = groups.speakerOf(number, 0);
    let first = 0;
    for (let receiver = start; receiver < start + groups.members; receiver++) {
      first = this.#books.ledger.send(groups.streamTo(receiver, number - start), count);
    }
    return first;
  }
}
