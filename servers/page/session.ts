/** What the page does, without how it looks: one connection, single messages, and runs. */

import type { Target } from "./address.ts";
import { connect, type Connection, placeOf } from "./connection.ts";
import type { LineKind } from "./log/log_book.ts";
import { judgeOf, messagesOf } from "./messages.ts";
import { LOOK_MS, Run, type SessionOutcome } from "./run.ts";
import { Turns } from "./turns.ts";

/** How long to wait until a connection takes more, in milliseconds. */
const FULL_MS = 4;

export interface State {
  readonly phase: "closed" | "connecting" | "open";
  /** The phase in words, one line. */
  readonly text: string;
  readonly isWrong: boolean;
}

/** What a session reports. */
interface SessionEvents {
  /** The state, or whether there is a run, has changed. */
  changed(): void;
  /** Something is to be logged. */
  logged(kind: LineKind, text: string): void;
  /** A reply has come that belongs to no run; the latency is undefined if no message waited for one. */
  replied(text: string, latencyMs: number | undefined): void;
  /** A run begins with its first message. */
  began(): void;
  ended(outcome: SessionOutcome): void;
}

export interface RunRequest {
  readonly count: number;
  /** How many bytes each has at least. */
  readonly size: number;
}

export class Session {
  readonly #events: SessionEvents;
  #state: State = { phase: "closed", text: "Not connected", isWrong: false };
  #target: Target | undefined;
  #connection: Connection | undefined;
  /** Replies that the connection still owes; below 0 if it gave too many. */
  #owed = 0;
  /** When the single messages were sent that wait for a reply, the oldest first. */
  #sentMs: number[] = [];
  #run: Run | undefined;
  #requested: RunRequest | undefined;
  #endPump = (): void => {};

  constructor(events: SessionEvents) {
    this.#events = events;
  }

  get state(): State {
    return this.#state;
  }

  /** Whether there is a run, or one is about to begin. */
  get isRunning(): boolean {
    return this.#run !== undefined || this.#requested !== undefined;
  }

  /** What the run has sent and received so far; undefined if there is no run. */
  get progress(): { readonly sent: number; readonly received: number } | undefined {
    return this.#run && { sent: this.#run.sent, received: this.#run.received };
  }

  /** Connects, after closing the connection that there is. */
  connect(target: Target): void {
    this.#drop();
    this.#target = target;
    this.#owed = 0;
    this.#sentMs = [];
    this.#become({ phase: "connecting", text: `Connecting to ${placeOf(target)}`, isWrong: false });
    try {
      this.#connection = connect(target, {
        opened: () => this.#opened(target),
        received: (text) => this.#received(text),
        closed: (why) => this.#closed(why),
      });
    } catch (error) {
      this.#closed((error as Error).message);
    }
  }

  disconnect(): void {
    this.#drop();
    this.#become({ phase: "closed", text: "Disconnected", isWrong: false });
  }

  /** Shows why it cannot connect to what was typed. */
  refuse(why: string): void {
    this.#drop();
    this.#become({ phase: "closed", text: why, isWrong: true });
  }

  /** Sends a message that belongs to no run. */
  sendOne(text: string): void {
    this.#sentMs.push(performance.now());
    this.#send(text);
  }

  #send(text: string): void {
    this.#owed++;
    this.#connection?.send(text);
    this.#events.logged("sent", text);
  }

  /**
   * Starts a run. A reply that the connection owes, or gave too many, could be mistaken for one of the run: then the run
   * begins on a new connection.
   */
  start(request: RunRequest): void {
    if (this.#state.phase !== "open" || this.isRunning || !this.#target) return;
    if (this.#owed === 0) return this.#begin(request, this.#target);
    this.#events.logged("note", "New connection, as replies on the old one do not add up");
    this.connect(this.#target);
    this.#requested = request;
    this.#events.changed();
  }

  /** Sends no more and waits for replies; the second time it waits no longer. */
  stop(): void {
    this.#requested = undefined;
    this.#run?.stop();
    this.#settle();
    this.#events.changed();
  }

  #opened(target: Target): void {
    this.#become({ phase: "open", text: "WebSocket connection established", isWrong: false });
    const request = this.#requested;
    this.#requested = undefined;
    if (request) this.#begin(request, target);
  }

  #received(text: string): void {
    const nowMs = performance.now();
    this.#owed--;
    this.#events.logged("received", text);
    const sentMs = this.#run === undefined ? this.#sentMs.shift() : undefined;
    if (sentMs !== undefined) this.#events.replied(text, nowMs - sentMs);
    // What comes after a run has ended is late, and may be owed.
    else if (this.#run === undefined && this.#owed < 0) this.#events.replied(text, undefined);
    this.#run?.receive(text);
    this.#settle();
  }

  #closed(why: string): void {
    this.#connection = undefined;
    this.#become({ phase: "closed", text: why, isWrong: true });
    this.#loseRun();
  }

  #drop(): void {
    this.#connection?.close();
    this.#connection = undefined;
    this.#loseRun();
  }

  #loseRun(): void {
    this.#requested = undefined;
    this.#run?.closed();
    this.#settle();
  }

  #begin({ count, size }: RunRequest, { behaviour }: Target): void {
    const message = messagesOf(size);
    const run = new Run({
      count,
      message,
      judge: judgeOf(behaviour, message),
      now: () => performance.now(),
      send: (text) => this.#send(text),
      buffered: () => this.#connection?.buffered() ?? 0,
    });
    this.#run = run;
    this.#events.began();
    this.#events.changed();
    this.#endPump = pump(run, () => this.#settle());
  }

  #settle(): void {
    const run = this.#run;
    if (run?.end === undefined) return;
    this.#run = undefined;
    this.#endPump();
    this.#events.ended(run.outcome());
    this.#events.changed();
  }

  #become(state: State): void {
    this.#state = state;
    this.#events.logged("note", state.text);
    this.#events.changed();
  }
}

/** Sends the messages of a run in turns and checks its progress; returns a function that ends that. */
function pump(run: Run, looked: () => void): () => void {
  const turns = new Turns(() => {
    const what = run.sendSlice();
    if (what === "more") turns.next();
    if (what === "full") turns.later(FULL_MS);
  });
  turns.next();

  const looks = setInterval(() => {
    run.look();
    looked();
  }, LOOK_MS);
  return () => {
    turns.close();
    clearInterval(looks);
  };
}
