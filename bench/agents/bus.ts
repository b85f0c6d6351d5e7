/** Messages over NATS: asking, answering, and knowing whether anybody is there. */

import type { Msg, NatsConnection } from "@nats-io/transport-node";
import { type BrokerOptions, connectBroker, GONE_MS } from "./broker/connect.ts";
import { after } from "../process/delay.ts";

/** How long one attempt to ask waits for its answer, in milliseconds. */
const ATTEMPT_MS = 1000;
/** Between two attempts, in milliseconds. */
const AGAIN_MS = 50;
/** How often in a row nobody may be there to be asked before that is believed. */
const MOST_TIMES = 3;

/** How long answers of many are waited for at most, in silences that would end it. */
const MOST_STALLS = 20;

/** Why an answer did not come. */
export class SilenceError extends Error {
  /** Discriminant. */
  override readonly name = "SilenceError";
  /** Whether NATS says that nobody is there; else whoever is there does not answer, or NATS is away itself. */
  readonly isGone: boolean;

  /** Takes what is known. */
  constructor(message: string, isGone: boolean) {
    super(message);
    this.isGone = isGone;
  }
}

/** What is asked, and what is answered: bytes. */
export type Content = Uint8Array<ArrayBufferLike>;

/** A connection to NATS as coordinator and agents use it; disposing ends it. */
export interface Bus extends AsyncDisposable {
  /** The server as messages name it. */
  readonly name: string;
  /** The most bytes of one message. */
  readonly mostBytes: number;
  /** For how long the connection has been there without a break, in milliseconds; 0 while it is away. */
  readonly steadyMs: number;
  /**
   * Asks, again and again while there is no answer, until `limitMs` is over; so whoever answers may be asked twice.
   *
   * @throws {SilenceError} if there is none
   * @throws {RangeError} if it is longer than a message may be
   */
  ask(subject: string, content: Content, limitMs?: number): Promise<Content>;
  /** Says something once, which may be lost. */
  say(subject: string, content: Content): void;
  /** Asks everybody who listens, and gives what is answered until nothing more comes for `waitMs`. */
  gather(subject: string, waitMs: number): Promise<Content[]>;
  /** Answers what is asked at a subject, until it is disposed of; a handler that throws gives no answer. */
  answer(subject: string, handler: (content: Content) => Content | Promise<Content>): Disposable;
}

/**
 * Connects to NATS.
 *
 * @param tell hears in words what happens to the connection later
 * @throws {UsageError} if that is not possible, in one line
 */
export async function openBus(
  options: BrokerOptions,
  tell: (line: string) => void = () => {},
): Promise<Bus> {
  let sinceMs: number | undefined = -Infinity;
  const broker = await connectBroker(options, (news) => {
    if (news.kind === "away") {
      sinceMs = undefined;
      tell("the connection to NATS is broken: it is made again");
    } else if (news.kind === "back") {
      sinceMs = performance.now();
      tell("the connection to NATS is there again");
    } else if (news.kind === "gone") {
      tell(`NATS has been away for ${GONE_MS / 1000} s: it is still tried`);
    } else {
      tell(`NATS: ${news.reason}`);
    }
  });
  const { connection } = broker;
  // While NATS is away it is not known.
  const mostBytes = connection.info?.max_payload ?? 0;

  async function ask(
    subject: string,
    content: Content,
    limitMs: number = GONE_MS,
  ): Promise<Content> {
    if (content.length > mostBytes) {
      throw new RangeError(
        `Cannot say ${content.length} bytes over NATS: it takes ${mostBytes} (max_payload)`,
      );
    }
    const endMs = performance.now() + limitMs;
    let absences = 0;
    for (;;) {
      const leftMs = endMs - performance.now();
      try {
        const timeout = Math.max(1, Math.min(ATTEMPT_MS, leftMs));
        return (await connection.request(subject, content, { timeout })).data;
      } catch (error) {
        absences = isAbsence(error) ? absences + 1 : 0;
        // Just after a break others may not be back yet.
        const isBelieved = absences >= MOST_TIMES && steadyMs() > GONE_MS;
        if (isBelieved) {
          throw new SilenceError("it is gone: it has no connection to NATS any more", true);
        }
        if (performance.now() + AGAIN_MS >= endMs || connection.isClosed()) {
          throw new SilenceError(`it did not answer for ${limitMs / 1000} s`, absences > 0);
        }
        using pause = after(AGAIN_MS);
        await pause.over;
      }
    }
  }

  function steadyMs(): number {
    return sinceMs === undefined ? 0 : performance.now() - sinceMs;
  }

  return {
    name: broker.name,
    mostBytes,
    get steadyMs() {
      return steadyMs();
    },
    ask,
    say: (subject, content) => connection.publish(subject, content),
    gather: (subject, waitMs) => gather(connection, subject, waitMs),
    answer(subject, handler) {
      const subscription = connection.subscribe(subject, {
        callback: (_error, message) => void respond(message, handler),
      });
      return { [Symbol.dispose]: () => subscription.unsubscribe() };
    },
    [Symbol.asyncDispose]: () => broker[Symbol.asyncDispose](),
  };
}

async function respond(
  message: Msg,
  handler: (content: Content) => Content | Promise<Content>,
): Promise<void> {
  try {
    message.respond(await handler(message.data));
  } catch {
    // Whoever asked notices that there is no answer.
  }
}

async function gather(
  connection: NatsConnection,
  subject: string,
  waitMs: number,
): Promise<Content[]> {
  const found: Content[] = [];
  try {
    const answers = await connection.requestMany(subject, "", {
      strategy: "stall",
      stall: waitMs,
      maxWait: MOST_STALLS * waitMs,
    });
    for await (const { data } of answers) found.push(data);
  } catch (error) {
    if (!isAbsence(error)) throw error;
  }
  return found;
}

/** Whether NATS said that nobody listens there. The library's classes would have to be loaded to ask for them. */
function isAbsence(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return [error, error.cause].some((one) =>
    one instanceof Error && /no responders/.test(one.message)
  );
}
