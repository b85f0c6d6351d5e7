/**
 * When a message that is sent to many has reached its first and its last receiver.
 *
 * @module
 */

/**
 * Follows the messages that are on their way. They are numbered in the order of their sending; a message whose number
 * is as many places ahead takes the place of an older one, which is then no longer followed.
 */
export class Deliveries {
  /** When the message that {@linkcode Deliveries.deliver} was last called for was sent, in milliseconds. */
  sentMs = NaN;
  /** When its first receiver had it. */
  firstMs = NaN;
  readonly #receivers: number;
  readonly #mask: number;
  readonly #numbers: Float64Array;
  readonly #left: Uint32Array;
  readonly #sentMs: Float64Array;
  readonly #firstMs: Float64Array;

  /**
   * @param receivers how many get each message
   * @param places how many messages can be followed, a power of two
   */
  constructor(receivers: number, places: number) {
    this.#receivers = receivers;
    this.#mask = places - 1;
    this.#numbers = new Float64Array(places).fill(-1);
    this.#left = new Uint32Array(places);
    this.#sentMs = new Float64Array(places);
    this.#firstMs = new Float64Array(places);
  }

  /** Notes a message as sent. */
  send(sequence: number, nowMs: number): void {
    const place = sequence & this.#mask;
    this.#numbers[place] = sequence;
    this.#left[place] = this.#receivers;
    this.#sentMs[place] = nowMs;
  }

  /**
   * Notes that one more receiver has a message.
   *
   * @returns whether it was the last one
   */
  deliver(sequence: number, nowMs: number): boolean {
    const place = sequence & this.#mask;
    if (this.#numbers[place] !== sequence || this.#left[place] === 0) return false;
    if (this.#left[place] === this.#receivers) this.#firstMs[place] = nowMs;
    if (--this.#left[place]! > 0) return false;
    this.sentMs = this.#sentMs[place]!;
    this.firstMs = this.#firstMs[place]!;
    return true;
  }
}
