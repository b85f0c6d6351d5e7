/** Thinking: the pause of a user between a reply and the next message. */

import { seededRandom } from "../../../measure/record/random.ts";
import { durationInWords, readDuration } from "./duration.ts";
import { Pauses } from "./pauses.ts";

/** How long users think: any time between the two is as likely as any other. */
export interface Think {
  /** The shortest, in milliseconds. */
  readonly leastMs: number;
  /** The longest. */
  readonly mostMs: number;
}

/** The longest pause, in milliseconds. */
const LONGEST_MS = 3_600_000;
const MANNER = "write 1s, or 1s±0.5 for anything from 0.5 s to 1.5 s";

/**
 * Reads how long users think: `1s`, or `1s±0.5` for a time that is drawn from 0.5 to 1.5 s. The part after `±` (or `+-`)
 * has the unit of the first part, or its own: `1s±200ms`.
 *
 * @throws {SyntaxError} for anything else
 * @throws {RangeError} if it may be below 0, is never above it, or is longer than an hour
 */
export function readThink(text: string): Think {
  const [middle = "", spread = "0ms", ...more] = text.split(/±|\+-|\+\/-/).map((part) =>
    part.trim()
  );
  const middleMs = readDuration(middle);
  const unit = /[a-z]+$/.exec(middle)?.[0] ?? "";
  const spreadMs = readDuration(/^[\d.]+$/.test(spread) ? spread + unit : spread);
  if (middleMs === undefined || spreadMs === undefined || more.length > 0) {
    throw new SyntaxError(`Unknown time to think "${text}": ${MANNER}`);
  }
  if (middleMs === 0 || spreadMs > middleMs || middleMs + spreadMs > LONGEST_MS) {
    throw new RangeError(
      `The time to think must be above 0 and at most an hour, and cannot vary by more than itself: received "${text}"`,
    );
  }
  return { leastMs: middleMs - spreadMs, mostMs: middleMs + spreadMs };
}

/** A time to think in words: `1 s`, `0.5 s to 1.5 s`. */
export function thinkInWords(text: string): string {
  const { leastMs, mostMs } = readThink(text);
  return leastMs === mostMs
    ? durationInWords(leastMs)
    : `${durationInWords(leastMs)} to ${durationInWords(mostMs)}`;
}

/** Connections whose users think, each until it is to send. */
export class Thinkers {
  readonly #pauses = new Pauses();
  readonly #random: () => number;
  readonly #leastMs: number;
  readonly #rangeMs: number;

  /** @param seed determines how long they think */
  constructor({ leastMs, mostMs }: Think, seed: number) {
    this.#random = seededRandom(seed);
    this.#leastMs = leastMs;
    this.#rangeMs = mostMs - leastMs;
  }

  /** When the next one has thought enough; Infinity if none thinks. */
  get nextMs(): number {
    return this.#pauses.nextMs;
  }

  /** A user has got a reply. */
  begin(connection: number, nowMs: number): void {
    this.#pauses.add(connection, nowMs + this.#leastMs + this.#random() * this.#rangeMs);
  }

  /** A user is amid a thought at the start: else all would send at once, and again after the first pause. */
  join(connection: number, nowMs: number): void {
    const wholeMs = this.#leastMs + this.#random() * this.#rangeMs;
    this.#pauses.add(connection, nowMs + this.#random() * wholeMs);
  }

  /** The connection that is to send by now; -1 if there is none. A connection that comes twice sends twice. */
  take(nowMs: number): number {
    return this.#pauses.nextMs <= nowMs ? this.#pauses.take() : -1;
  }
}
