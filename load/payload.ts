/**
 * Payloads: what the messages of a trial say, and whether a reply is the right one.
 *
 * Each message names its connection and its number where it has the room, so that a lost, doubled, reordered or
 * altered reply is told from a right one.
 *
 * @module
 */

/** Makes messages and checks their replies; a message is text, or bytes. */
export interface Payload {
  /** The message with a number on a connection. */
  message(connection: number, sequence: number): string | Uint8Array;
  /**
   * Finds out which message a reply answers.
   *
   * @param reply what was received
   * @param connection where it was received
   * @param expected number of the message whose reply is due
   * @param message that message
   * @returns the number of the message that is answered; {@linkcode altered} of that number where the reply names it
   * but is not what it should be; {@linkcode UNREADABLE} where it names none
   */
  check(
    reply: string | Uint8Array,
    connection: number,
    expected: number,
    message: string | Uint8Array,
  ): number;
}

/** Result of {@linkcode Payload.check} for a reply that names no message. */
export const UNREADABLE = -1;

/** Marks a number as that of a message with a wrong reply; applied twice it gives the number again. */
export function altered(sequence: number): number {
  return -2 - sequence;
}

/** The same text every time: it cannot tell a reply from another one, only a right one from a wrong one. */
export function fixedText(text: string): Payload {
  return {
    message: () => text,
    check: (reply, _connection, expected) => reply === text ? expected : UNREADABLE,
  };
}

/** The smallest message that {@linkcode json} can make, in bytes. */
export const SMALLEST_JSON = 64;
/** What fills a message; its length is prime, so that neighbours differ. */
const FILLING = "the quick brown fox jumps over the lazy dog, 1234567890 times or 6.";

/**
 * A JSON object of a given size: `{"connection":3,"sequence":17,"data":"…"}`. The data begin at a place in a text that
 * depends on both numbers, so that a changed number does not fit its data.
 *
 * @param size bytes of each message, all ASCII
 * @throws {RangeError} below {@linkcode SMALLEST_JSON}, where the numbers would not fit
 */
export function json(size: number): Payload {
  if (!Number.isSafeInteger(size) || size < SMALLEST_JSON) {
    throw new RangeError(
      `Cannot make a JSON message as 'size' must be at least ${SMALLEST_JSON}: received ${size}`,
    );
  }
  const filling = FILLING.repeat(Math.ceil(size / FILLING.length) + 1);

  function message(connection: number, sequence: number): string {
    const head = `{"connection":${connection},"sequence":${sequence},"data":"`;
    const start = (connection * 7 + sequence) % FILLING.length;
    return head + filling.slice(start, start + size - head.length - 2) + '"}';
  }

  return {
    message,
    check(reply, connection, expected, due) {
      if (reply === due) return expected;
      const named = typeof reply === "string" &&
        /^\{"connection":(\d+),"sequence":(\d+),/.exec(reply);
      if (!named) return UNREADABLE;
      const sequence = Number(named[2]);
      if (Number(named[1]) !== connection) return UNREADABLE;
      return reply === message(connection, sequence) ? sequence : altered(sequence);
    },
  };
}

/** `prefix` and the message's number, answered with ` - N` appended, N in 0…999: what `/tag` does. */
export function tagged(prefix: string): Payload {
  return {
    message: (_connection, sequence) => prefix + sequence,
    check(reply) {
      if (typeof reply !== "string" || !reply.startsWith(prefix)) return UNREADABLE;
      const named = /^(0|[1-9]\d*)( - (?:0|[1-9]\d{0,2}))?/.exec(reply.slice(prefix.length));
      if (!named) return UNREADABLE;
      const sequence = Number(named[1]);
      const whole = named[2] !== undefined && prefix.length + named[0].length === reply.length;
      return whole ? sequence : altered(sequence);
    },
  };
}
