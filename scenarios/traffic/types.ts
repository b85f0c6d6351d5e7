/**
 * Traffic: which connections to open and which messages to send, when. A traffic has no clock and does no I/O; the
 * generator tells it what happened and at which time, and it tells the generator what to do.
 *
 * All times are milliseconds of one monotonic clock.
 */

import type { Account } from "../../measure/record/accounts/account.ts";

/**
 * By which times a traffic sends that follows a schedule. They are fields that are read, as a time that a function
 * returns or takes is an object wherever it is not compiled into its caller.
 */
export interface Pace {
  /** What is due at these times: messages, or connections that carry one message each. */
  readonly of: "messages" | "connections";
  /** When {@linkcode Traffic.due} is to be called next; Infinity for never. */
  nextMs: number;
  /**
   * When the message is meant to be sent that {@linkcode Load.send} is being called for, or the ping that
   * {@linkcode Load.ping} is, or the connection to be opened that {@linkcode Load.open} is, or what
   * {@linkcode Load.drop} gives up.
   */
  intendedMs: number;
}

/** What a traffic may ask of the generator. Connections are numbered from 0. */
export interface Load {
  /** The time now: what a traffic was told may be old when it comes to send. */
  now(): number;
  /** Opens a connection; {@linkcode Traffic.opened} follows. */
  open(connection: number): void;
  /** Sends the next message on a connection. */
  send(connection: number): void;
  /** Sends a ping on a connection; only for a traffic that follows a schedule. */
  ping(connection: number): void;
  /** Gives up what is due by the {@linkcode Pace}: too much is under way. */
  drop(): void;
  /** Closes a connection; {@linkcode Traffic.closed} follows. */
  close(connection: number): void;
  /** Takes back the messages of a connection that it was asked to send and that the server has not taken yet. */
  withdraw(connection: number): void;
  /** Reads no more of an open connection until {@linkcode Load.resume}; the client that makes its own frames can. */
  pause(connection: number): void;
  /** Reads a paused connection on. */
  resume(connection: number): void;
  /**
   * Says that a batch of messages is complete. The generator may change the phase now, before it returns, so that a
   * phase of batched traffic always holds whole batches.
   */
  batchDone(startedMs: number, endedMs: number): void;
}

/** A traffic. Its methods are called in the order: `start`, any of the events, `stop`, any of the events. */
export interface Traffic {
  /** Connections that the generator opens before `start`, with the numbers 0 to `connections - 1`. */
  readonly connections: number;
  /** Connections that are ever open at once: numbers stay below it, and are used again once closed. */
  readonly slots: number;
  /** Whether phases change at any time, or only when {@linkcode Load.batchDone} is called. */
  readonly phases: "any time" | "between batches";
  /** The most messages that are ever unanswered on one connection. */
  readonly depth: number;
  /**
   * Set where each message goes to all connections, be they its sender's or not: the first connection sends, and every
   * connection is told of its own reply.
   */
  readonly isBroadcast?: true;
  /**
   * Set where so many of the last connections stand beside the others: their messages are in no latency and no rate, the
   * server may close them, and all else is accounted for as usual. All connections are then opened before `start`.
   */
  readonly beside?: number;
  /** What is counted beside latencies: it tells these accounts itself, or has them told by their own methods. */
  readonly accounts?: readonly Account[];
  /** How long the last replies may take, in milliseconds, where that is longer than usual. */
  readonly drainMs?: number;
  /** Connections that it brings to their end after it was stopped, beside the replies; none when left out. */
  readonly pending?: number;
  /** Set for a traffic that follows a schedule; where that is of messages, its connections are opened before the start. */
  readonly pace?: Pace;
  /** Sends what is due by the schedule, and sets {@linkcode Pace.nextMs}. */
  due?(nowMs: number): void;
  /** Everything is open: begin to send. */
  start(nowMs: number): void;
  /** The measured window begins. */
  measure?(nowMs: number): void;
  /** A connection that the traffic asked for is open. */
  opened?(connection: number, nowMs: number): void;
  /** `released` messages of a connection are settled: answered, or known to be lost. */
  replied(connection: number, released: number, nowMs: number): void;
  /** A connection that the traffic asked to close is closed. */
  closed?(connection: number, nowMs: number): void;
  /** Start nothing new from now on. */
  stop(): void;
}
