/**
 * The account of a trial's replies: each message of each connection is expected to be answered once, in order,
 * unchanged. Four kinds of faults are counted separately.
 */

import type { IntegrityCounts } from "../model/result.ts";

/** So many kinds of strays are kept of one connection; those before them are unasked. */
const MOST_STRAYS = 4096;

/** Strays that came when the same messages had been sent. */
interface Strays {
  /** How many messages had been sent: the stray may answer any of them that has no reply. */
  readonly sent: number;
  /** How many they are. */
  count: number;
}

/** Replies that may overtake one that is missing, on one connection: with more, it is given up. */
const MOST_EARLY = 4096;

/**
 * Follows the sequence numbers of every connection. Messages of a connection are numbered from 0 in the order of
 * their sending. While replies come in order, nothing is allocated.
 */
export class IntegrityLedger {
  readonly #sent: Float64Array;
  readonly #next: Float64Array;
  readonly #missing: (Set<number> | undefined)[];
  /** Messages that are settled though one before them is not: only where replies may overtake one another. */
  readonly #early: (Set<number> | undefined)[] | undefined;
  /** Messages that came while a reply was due and may have been one, by connection, in the order in which they came. */
  readonly #strays = new Map<number, Strays[]>();
  /** Replies that name a message that was never sent, by connection: only where replies may overtake one another. */
  readonly #misnamed = new Map<number, number>();
  #unasked = 0;
  #answered = 0;
  #altered = 0;
  #corrupted = 0;
  #duplicated = 0;
  #reordered = 0;
  #outstanding = 0;
  #abandoned = 0;

  /**
   * @param connections the most connections that there are
   * @param mayOvertake whether replies may come in any order
   */
  constructor(connections: number, mayOvertake: boolean = false) {
    this.#early = mayOvertake ? new Array(connections) : undefined;
    this.#sent = new Float64Array(connections);
    this.#next = new Float64Array(connections);
    this.#missing = new Array(connections);
  }

  /** Messages that were sent and not yet answered or passed over, on all connections. */
  get outstanding(): number {
    return this.#outstanding;
  }

  /** Number of the message whose reply is due next on a connection. */
  expected(connection: number): number {
    return this.#next[connection]!;
  }

  /** How many messages of a connection are sent and not settled. */
  due(connection: number): number {
    const early = this.#early?.[connection]?.size ?? 0;
    return this.#sent[connection]! - this.#next[connection]! - early;
  }

  /** How many messages of a connection were sent. */
  sent(connection: number): number {
    return this.#sent[connection]!;
  }

  /** Messages that nobody asked for: those of which it is known, and those for which no reply is missing. */
  get unasked(): number {
    let strays = 0;
    for (const all of this.#strays.values()) strays += countOf(all);
    return this.#unasked + strays - this.#spoilt;
  }

  /** Messages that were passed over, on all connections, and did not come. */
  get missing(): number {
    return this.#missing.reduce((sum, passed) => sum + (passed?.size ?? 0), 0);
  }

  /** Notes messages as sent and returns the number of the first. */
  send(connection: number, count: number = 1): number {
    this.#outstanding += count;
    const first = this.#sent[connection]!;
    this.#sent[connection] = first + count;
    return first;
  }

  /** Notes correct replies to the messages that are due next, of which there are as many. */
  answerNext(connection: number, count: number): void {
    this.#next[connection]! += count;
    this.#answered += count;
    this.#outstanding -= count;
    if (this.#early !== undefined) this.#passEarly(connection);
  }

  /** Goes past the messages that were settled before their turn. */
  #passEarly(connection: number): void {
    const early = this.#early![connection];
    if (early === undefined) return;
    while (early.delete(this.#next[connection]!)) this.#next[connection]!++;
  }

  /**
   * Notes a correct reply.
   *
   * @returns how many messages are settled by it: 1 in order; more if messages before it were passed over; 0 if it had
   * been settled before
   */
  answer(connection: number, sequence: number): number {
    const next = this.#next[connection]!;
    if (sequence === next && sequence < this.#sent[connection]!) {
      this.answerNext(connection, 1);
      return 1;
    }
    return this.#answerOutOfOrder(connection, sequence, next);
  }

  #answerOutOfOrder(connection: number, sequence: number, next: number): number {
    const sent = this.#sent[connection]!;
    if (sequence === next && next === sent) {
      // A right reply when none is due: one too many is all that can be said.
      this.#duplicated++;
      return 0;
    }
    if (sequence < 0 || sequence >= sent) {
      if (this.#early === undefined) return this.corrupt(connection, -1);
      // One of those whose reply is missing in the end may have been it.
      this.#corrupted++;
      this.#misnamed.set(connection, (this.#misnamed.get(connection) ?? 0) + 1);
      return 0;
    }
    if (sequence > next) {
      if (this.#early?.[connection]?.has(sequence)) {
        this.#duplicated++;
        return 0;
      }
      this.#answered++;
      return this.#passOver(connection, sequence);
    }
    if (this.#missing[connection]?.delete(sequence)) {
      this.#answered++;
      if (this.#early === undefined) this.#reordered++;
    } else {
      this.#duplicated++;
    }
    return 0;
  }

  /**
   * Settles a message and, unless replies may overtake one another, all before it, which count as missing until a late
   * reply comes.
   */
  #passOver(connection: number, sequence: number): number {
    if (this.#early !== undefined) return this.#settleEarly(this.#early, connection, sequence);
    const next = this.#next[connection]!;
    const missing = this.#missing[connection] ??= new Set();
    for (let passed = next; passed < sequence; passed++) missing.add(passed);
    this.#next[connection] = sequence + 1;
    const settled = sequence + 1 - next;
    this.#outstanding -= settled;
    return settled;
  }

  #settleEarly(early: (Set<number> | undefined)[], connection: number, sequence: number): number {
    this.#outstanding--;
    const settled = early[connection] ??= new Set();
    if (sequence === this.#next[connection]) this.#next[connection]!++;
    else settled.add(sequence);
    if (settled.size > MOST_EARLY) {
      (this.#missing[connection] ??= new Set()).add(this.#next[connection]!++);
      this.#outstanding--;
    }
    this.#passEarly(connection);
    return 1;
  }

  /**
   * Notes something that names no message and is like none: nobody asked for it, unless the reply to a message that was
   * on its way is still missing in the end, which it then was. It settles nothing, so that it never makes the load grow.
   */
  stray(connection: number): void {
    if (this.due(connection) === 0) {
      this.#unasked++;
      return;
    }
    const sent = this.#sent[connection]!;
    const strays = this.#strays.get(connection);
    const last = strays?.at(-1);
    if (last?.sent === sent) last.count++;
    else if (strays === undefined) this.#strays.set(connection, [{ sent, count: 1 }]);
    else {
      const areAnswered = this.#next[connection]! >= last!.sent &&
        (this.#missing[connection]?.size ?? 0) === 0;
      const kept = areAnswered ? 0 : MOST_STRAYS - 1;
      this.#unasked += countOf(strays.splice(0, strays.length - kept));
      strays.push({ sent, count: 1 });
    }
  }

  /** How many of the first messages of a connection have no reply. */
  #missingBefore(connection: number, sequence: number): number {
    const next = this.#next[connection]!;
    const isBefore = (one: number): boolean => one < sequence;
    const missing = this.#missing[connection]?.values().filter(isBefore);
    const early = this.#early?.[connection]?.values().filter(isBefore);
    const due = Math.max(0, Math.min(sequence, this.#sent[connection]!) - next);
    return due + lengthOf(missing) - lengthOf(early);
  }

  /** Notes something that nobody asked for. */
  addUnasked(): void {
    this.#unasked++;
  }

  /** How many messages of a connection have no reply. */
  #missingOf(connection: number): number {
    return this.due(connection) + (this.#missing[connection]?.size ?? 0);
  }

  /** How many strays were replies. */
  get #spoilt(): number {
    let spoilt = 0;
    for (const [connection, strays] of this.#strays) {
      let own = 0;
      for (const { sent, count } of strays) {
        own += Math.min(count, this.#missingBefore(connection, sent) - own);
      }
      spoilt += Math.min(own, this.#missingOf(connection) - this.#mistakenOf(connection));
    }
    return spoilt;
  }

  /** How many messages of a connection have replies that name others, which were never sent. */
  #mistakenOf(connection: number): number {
    return Math.min(this.#misnamed.get(connection) ?? 0, this.#missingOf(connection));
  }

  /**
   * Notes a reply with the wrong content. It settles the message that it names if that is unanswered, otherwise the one
   * that is due next.
   *
   * @param sequence the message that the reply seems to answer, or -1
   * @returns how many messages are settled by it
   */
  corrupt(connection: number, sequence: number): number {
    this.#corrupted++;
    const next = this.#next[connection]!;
    const sent = this.#sent[connection]!;
    if (this.#missing[connection]?.delete(sequence)) {
      this.#altered++;
      return 0;
    }
    if (next === sent || this.#early?.[connection]?.has(sequence)) return 0;
    this.#altered++;
    return this.#passOver(connection, sequence >= next && sequence < sent ? sequence : next);
  }

  /**
   * Notes that a connection may stay without its remaining replies: they do not count as lost.
   *
   * @returns how many messages are unanswered
   */
  abandon(connection: number): number {
    const unanswered = this.due(connection);
    this.#early?.[connection]?.clear();
    this.#next[connection] = this.#sent[connection]!;
    this.#outstanding -= unanswered;
    this.#abandoned += unanswered;
    return unanswered;
  }

  /** The account so far; a message without a reply counts as lost, unless its connection was abandoned. */
  counts(): IntegrityCounts {
    const sent = this.#sent.reduce((sum, count) => sum + count, 0);
    const spoilt = this.#spoilt;
    let mistaken = 0;
    for (const connection of this.#misnamed.keys()) mistaken += this.#mistakenOf(connection);
    return {
      sent,
      answered: this.#answered,
      lost: sent - this.#answered - this.#altered - this.#abandoned - spoilt - mistaken,
      duplicated: this.#duplicated,
      reordered: this.#reordered,
      corrupted: this.#corrupted + spoilt,
    };
  }
}

function countOf(strays: readonly Strays[]): number {
  return strays.reduce((sum, { count }) => sum + count, 0);
}

function lengthOf(some: IteratorObject<unknown> | undefined): number {
  return some?.reduce<number>((count) => count + 1, 0) ?? 0;
}
