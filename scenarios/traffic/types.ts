/**
 * Traffic: which connections to open and which messages to send, when. A traffic has no clock and does no I/O: the
 * generator calls it with what happened and at which time, and it calls the generator with what to do.
 *
 * All times are milliseconds of one monotonic clock.
 */

import type { Account } from "../../measure/record/accounts/account.ts";

/**
 * The times at which a traffic does something of its own accord. They are fields, because V8 allocates a time that a function takes
 * or returns unless that is inlined.
 */
export interface Pace {
  /**
   * What is due at these times: messages, or connections that carry one message each; or nothing that has a time of its
   * own, as a pause need not end to the microsecond.
   */
  readonly of: "messages" | "connections" | "pauses";
  /** When {@linkcode Timed.due} is to be called next; Infinity for never. */
  nextMs: number;
  /**
   * The intended time of what {@linkcode Load.send}, {@linkcode Load.ping}, {@linkcode Load.open} or
   * {@linkcode Load.drop} is being called for.
   */
  intendedMs: number;
}

/** What asks to be called at times. */
export interface Timed {
  readonly pace: Pace;
  /** Does what is due, and sets {@linkcode Pace.nextMs}. */
  due(nowMs: number): void;
}

/** What a server is stopped with before it is started again. */
export type RestartSignal = "SIGTERM" | "SIGKILL";

/** What a traffic may ask of the generator. Connections are numbered from 0. */
export interface Load {
  /** The time now: that of an event may be old when a traffic comes to send. */
  now(): number;
  /** Opens a connection; {@linkcode Traffic.opened} follows. */
  open(connection: number): void;
  /** Sends the next messages on a connection: one, unless a `count` says how many. */
  send(connection: number, count?: number): void;
  /** Sends a ping on a connection; only for a traffic that follows a schedule. */
  ping(connection: number): void;
  /** Gives up what is due by the {@linkcode Pace}, because too much is under way. */
  drop(): void;
  /** Closes a connection; {@linkcode Traffic.closed} follows. */
  close(connection: number): void;
  /** Breaks a connection off without a word, as a lost network does: it is closed when this returns. */
  cut(connection: number): void;
  /** Has the server stopped with a signal and started again, which breaks all connections off. */
  restart(signal: RestartSignal): void;
  /** Takes back the messages that a connection was to send and that the server has not taken yet. */
  withdraw(connection: number): void;
  /** Stops reading an open connection until {@linkcode Load.resume}; only the client that makes its own frames can. */
  pause(connection: number): void;
  /** Goes on reading a paused connection. */
  resume(connection: number): void;
  /**
   * Says that a batch of messages is complete. The generator may change the phase before this returns, so that a phase
   * of batched traffic always has whole batches.
   */
  batchDone(startedMs: number, endedMs: number): void;
}

/** Connections that get each other's messages: they are numbered group by group. */
export interface Groups {
  /** How many connections each group has. */
  readonly members: number;
  /** How many of them send: the first of each group. */
  readonly speakers: number;
  /**
   * Set if other generators of the trial have members of the same groups: whether those that send are here, or are the
   * first members at the first generator.
   */
  readonly shared?: "speaks" | "listens";
}

/** A traffic. Its methods are called in the order: `start`, any of the events, `stop`, any of the events. */
export interface Traffic {
  /** Connections that the generator opens before `start`, with the numbers 0 to `connections - 1`. */
  readonly connections: number;
  /** The most connections that are ever open at once: their numbers are below it, and are used again after a close. */
  readonly slots: number;
  /** Whether phases change at any time, or only when {@linkcode Load.batchDone} is called. */
  readonly phases: "any time" | "between batches";
  /** The most messages that are ever unanswered on one connection. */
  readonly depth: number;
  /** Set if each message goes to all connections of its sender's group, the sender included. */
  readonly groups?: Groups;
  /**
   * How many of the last connections are beside the others: their messages are in no latency and no rate, the server may
   * close them, and all else is accounted for as usual. All connections are then opened before `start`.
   */
  readonly beside?: number;
  /** What is counted in addition to latencies: it calls these accounts, or the exchange does. */
  readonly accounts?: readonly Account[];
  /** Set if each connection is a stream: the server sends by itself, and what comes answers nothing. */
  readonly hasStreams?: true;
  /** How long the last replies may take, in milliseconds, if that is longer than usual. */
  readonly drainMs?: number;
  /** How long the last batch of a phase may take, in milliseconds, if that is longer than usual. */
  readonly batchMs?: number;
  /** How many connections it still brings to an end after it was stopped, apart from replies; none when left out. */
  readonly pending?: number;
  /** Set for a traffic that asks to be called at times; if messages are due, all connections are opened before the start. */
  readonly pace?: Pace;
  /** See {@linkcode Timed.due}. */
  due?(nowMs: number): void;
  /** Everything is open: begin to send. */
  start(nowMs: number): void;
  /** The measured window begins. */
  measure?(nowMs: number): void;
  /** A connection that the traffic asked for is open. */
  opened?(connection: number, nowMs: number): void;
  /**
   * `released` messages of a connection are settled: answered, or known to be lost. A message to a group is settled once
   * for each of its members.
   */
  replied(connection: number, released: number, nowMs: number): void;
  /** A connection that the traffic asked to close is closed. */
  closed?(connection: number, nowMs: number): void;
  /**
   * The server closed a connection, so that nobody will answer its messages, or it could not be opened.
   *
   * @returns whether that had to be expected; otherwise, or without this method, the trial fails
   */
  lost?(connection: number, nowMs: number): boolean;
  /** Start nothing new from now on. */
  stop(): void;
}
