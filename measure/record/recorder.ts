/**
 * What is recorded of a trial's window: latencies, counts by connection, and a timeline of 100-ms slices.
 *
 * A latency belongs to the window if its message was sent in it; its reply may come later, in the drain, so that slow
 * replies are not cut off. A reply counts for the rate if it came in the window. For a message of a schedule the intended
 * time decides, so that what was offered, sent, dropped and answered adds up.
 */

import { Histogram } from "./histogram.ts";
import { type Account, type Hooked, listenerOf } from "./accounts/account.ts";
import type { HistogramName } from "./accounts/mod.ts";
import { ArrivalAccount } from "./accounts/arrivals.ts";
import type {
  ConnectionSpread,
  LatencySamples,
  TimelineSlice,
  WindowCounts,
} from "../model/result.ts";
import { Sampler } from "./sampler.ts";
import { Timeline } from "./timeline.ts";

const NS_PER_MS = 1e6;

/** What a timeline follows: replies by their service time, by their response time, or handshakes. */
export type TimelineKind = "replies" | "responses" | "handshakes";

/** How a trial is recorded. */
export interface RecorderOptions {
  /** What the timeline follows; replies by their service time when left out. */
  readonly timeline?: TimelineKind;
  /** The most single messages whose latencies are kept; none when left out. */
  readonly samples?: number | undefined;
  /** Length of the slices of the timeline in milliseconds; 100 when left out. */
  readonly sliceMs?: number | undefined;
  /** Called with the slices of the timeline as they are closed. */
  readonly closed?: ((slices: readonly TimelineSlice[]) => void) | undefined;
  /** What else is counted. */
  readonly accounts?: readonly Account[];
}

/** Records one trial. All times are milliseconds of one monotonic clock. */
export class Recorder {
  /** From the actual send of a message to its reply, in nanoseconds. */
  readonly serviceTime: Histogram = new Histogram();
  /** From the time at which a message was meant to be sent to its reply, in nanoseconds. */
  readonly responseTime: Histogram = new Histogram();
  /** From the connect call to the open connection, in nanoseconds. */
  readonly handshakeTime: Histogram = new Histogram();
  /** What became of the messages of a schedule. */
  readonly arrivals: ArrivalAccount = new ArrivalAccount();
  /** All accounts, with the arrivals. */
  readonly accounts: readonly Account[];
  /** All histograms by name, with those of the accounts. */
  readonly histograms: { readonly [name in HistogramName]?: Histogram };
  readonly #timeline: TimelineKind;
  /** The histogram that the slices are merged into as they close: a message is recorded once. */
  readonly #whole: Histogram;
  readonly #repliesOf: Float64Array;
  /** Whether a connection had no reply in the window, though one was due at its end: 1 or 0. */
  readonly #isUnserved: Uint8Array;
  readonly #slices: Timeline;
  readonly #sampler: Sampler;
  /** The accounts that want response times. */
  readonly #responded: Hooked<"responded"> | undefined;
  /**
   * Of the reply that {@linkcode Recorder.noteReplies} notes: when its message was sent, or NaN if that is not known; when
   * it came; and when its message was meant to be sent, or NaN without a schedule. V8 allocates a number with a fraction
   * that is passed to a function which is too long to be inlined; here it does not.
   */
  readonly timesMs: Float64Array = new Float64Array(3);
  #startMs = Infinity;
  #endMs = Infinity;
  #sent = 0;
  #replies = 0;
  #replyBytes = 0;
  #handshakes = 0;

  /** @param connections the most connections that there are */
  constructor(
    connections: number,
    { timeline = "replies", samples = 0, sliceMs, closed, accounts = [] }: RecorderOptions = {},
  ) {
    this.accounts = [this.arrivals, ...accounts];
    const { serviceTime, responseTime, handshakeTime } = this;
    this.histograms = Object.assign(
      { serviceTime, responseTime, handshakeTime },
      // deno-lint-ignore wsmark/no-spread-arguments -- some accounts
      ...this.accounts.map(({ histograms }) => histograms),
    );
    this.#responded = listenerOf(this.accounts, "responded");
    this.#sampler = new Sampler(samples);
    this.#repliesOf = new Float64Array(connections);
    this.#isUnserved = new Uint8Array(connections);
    this.#timeline = timeline;
    this.#whole = {
      replies: this.serviceTime,
      responses: this.responseTime,
      handshakes: this.handshakeTime,
    }[timeline];
    this.#slices = new Timeline(this.#whole, closed, sliceMs);
  }

  /**
   * Opens the window, and forgets what was recorded before. The warm-up is recorded too, so that all code is compiled
   * when the window begins: compiling in the window would take tens of milliseconds from it.
   */
  begin(nowMs: number): void {
    for (const histogram of [this.serviceTime, this.responseTime, this.handshakeTime]) {
      histogram.clear();
    }
    for (const account of this.accounts) account.begin(nowMs);
    this.#sampler.clear();
    this.#repliesOf.fill(0);
    this.#sent =
      this.#replies =
      this.#replyBytes =
      this.#handshakes =
        0;
    this.#slices.begin(nowMs);
    this.#startMs = nowMs;
    this.#endMs = Infinity;
  }

  /**
   * Closes the window.
   *
   * @param isDue whether a connection has a message unanswered now: others are silent because nothing was asked
   */
  end(nowMs: number, isDue: (connection: number) => boolean = () => true): void {
    this.#repliesOf.forEach((count, connection) => {
      this.#isUnserved[connection] = Number(count === 0 && isDue(connection));
    });
    this.#slices.end(nowMs);
    for (const account of this.accounts) account.end(nowMs);
    this.#endMs = nowMs;
  }

  /** Length of the window in milliseconds; NaN before it is closed. */
  get windowMs(): number {
    return this.#endMs === Infinity ? NaN : this.#endMs - this.#startMs;
  }

  #inWindow(nowMs: number): boolean {
    return nowMs >= this.#startMs && nowMs < this.#endMs;
  }

  /** Notes how many connections are open from now on. */
  open(nowMs: number, connections: number): void {
    if (nowMs >= this.#slices.nextMs) this.#slices.advance(nowMs);
    this.#slices.connections = connections;
  }

  /** Notes that something is meant to begin at a time, by a schedule. */
  offer(intendedMs: number): void {
    this.arrivals.offer(intendedMs);
    this.#slices.isScheduled = true;
    if (intendedMs >= this.#slices.nextMs) this.#slices.advance(intendedMs);
    this.#slices.offered++;
  }

  send(nowMs: number, count: number = 1): void {
    if (this.#inWindow(nowMs)) this.#sent += count;
  }

  /**
   * Notes replies that came together to messages that were sent together, as {@linkcode Recorder.noteReplies} without its
   * array.
   *
   * @param sentMs when their messages were sent; NaN if that is not known
   * @param bytes the payload of all of them in bytes
   * @param intendedMs when their messages were meant to be sent; NaN without a schedule
   * @param count how many they are
   */
  reply(
    connection: number,
    sentMs: number,
    nowMs: number,
    bytes: number,
    intendedMs: number = NaN,
    count: number = 1,
  ): void {
    this.timesMs[0] = sentMs;
    this.timesMs[1] = nowMs;
    this.timesMs[2] = intendedMs;
    this.noteReplies(connection, bytes, count);
  }

  /** Notes so many replies that came together to messages that were sent together, at {@linkcode Recorder.timesMs}. */
  noteReplies(connection: number, bytes: number, count: number): void {
    const sentMs = this.timesMs[0]!;
    const nowMs = this.timesMs[1]!;
    const intendedMs = this.timesMs[2]!;
    const inWindow = this.#inWindow(nowMs);
    if (inWindow) {
      if (nowMs >= this.#slices.nextMs) this.#slices.advance(nowMs);
      this.#replies += count;
      this.#replyBytes += bytes;
      this.#repliesOf[connection]! += count;
      if (this.#timeline !== "handshakes") this.#slices.count += count;
    }
    // V8 does not allocate a whole number up to 2 s in nanoseconds when it is passed on.
    if (this.#inWindow(sentMs)) {
      this.#record(this.serviceTime, Math.floor((nowMs - sentMs) * NS_PER_MS), count, inWindow);
    }
    if (this.arrivals.answer(intendedMs, count)) {
      const ns = Math.floor((nowMs - intendedMs) * NS_PER_MS);
      this.#record(this.responseTime, ns, count, inWindow);
      if (this.#responded === undefined) return;
      for (let left = count; left > 0; left--) this.#responded.responded(connection, ns);
    }
  }

  /** Records durations: in the open slice if the timeline follows this histogram and the window is open. */
  #record(histogram: Histogram, ns: number, count: number, inWindow: boolean): void {
    if (!inWindow || histogram !== this.#whole) return histogram.record(ns, count);
    this.#slices.record(ns, count);
    if (!this.#sampler.pass(count)) {
      this.#sampler.take(count, this.timesMs[1]! - this.#startMs, ns);
    }
  }

  handshake(startedMs: number, nowMs: number): void {
    if (!this.#inWindow(nowMs)) return;
    if (nowMs >= this.#slices.nextMs) this.#slices.advance(nowMs);
    this.#handshakes++;
    if (this.#timeline === "handshakes") this.#slices.count++;
    if (!this.#inWindow(startedMs)) return;
    this.timesMs[1] = nowMs;
    this.#record(this.handshakeTime, (nowMs - startedMs) * NS_PER_MS, 1, true);
  }

  /** The closed slices. */
  get timeline(): readonly TimelineSlice[] {
    return this.#slices.slices;
  }

  /** Latencies of single messages; undefined if none were to be kept, or none answered. */
  get samples(): LatencySamples | undefined {
    return this.#sampler.samples;
  }

  /** Counts inside the window; the caller knows how many connections are open. */
  counts(connections: number): WindowCounts {
    return {
      sent: this.#sent,
      replies: this.#replies,
      replyBytes: this.#replyBytes,
      handshakes: this.#handshakes,
      connections,
    };
  }

  /**
   * Messages per second of each connection over the window; undefined if no connection had a reply, or none took part.
   *
   * @param connections how many took part, with the numbers 0 to `connections - 1`
   */
  spread(connections: number): ConnectionSpread | undefined {
    if (this.#replies === 0 || connections === 0) return undefined;
    const perSecond = 1000 / this.windowMs;
    const counts = this.#repliesOf.subarray(0, connections);
    return {
      min: counts.reduce((a, b) => Math.min(a, b)) * perSecond,
      mean: counts.reduce((a, b) => a + b) / counts.length * perSecond,
      max: counts.reduce((a, b) => Math.max(a, b)) * perSecond,
      unserved: this.#isUnserved.subarray(0, connections).reduce((a, b) => a + b, 0),
    };
  }
}
