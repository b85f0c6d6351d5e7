/**
 * What is recorded of a trial's window: latencies, counts by connection, and a timeline of 100-ms slices.
 *
 * A latency belongs to the window when its message was sent in the window; its reply may come later, in the drain,
 * so that slow replies are not cut off. A reply counts for the rate when it came in the window. Of a message that
 * follows a schedule the intended time decides, so that what was offered, sent, dropped and answered adds up.
 *
 * @module
 */

import { Histogram } from "./histogram.ts";
import {
  type ArrivalCounts,
  type ConnectionSpread,
  HISTOGRAMS,
  type Samples,
  type TimelineSlice,
  type WindowCounts,
} from "../model/result.ts";
import { Sampler } from "./sampler.ts";
import { Timeline } from "./timeline.ts";

const NS_PER_MS = 1e6;
/** A message that is sent later than this after its intended time counts as late, in milliseconds. */
const LATE_MS = 1;

/** What a timeline follows: replies by their service time, by their response time, or handshakes. */
export type TimelineKind = "replies" | "responses" | "handshakes";

/** Records one trial. All times are milliseconds of one monotonic clock. */
export class Recorder {
  /** From the actual send of a message to its reply, in nanoseconds. */
  readonly serviceTime: Histogram = new Histogram();
  /** From the time at which a message was meant to be sent to its reply, in nanoseconds. */
  readonly responseTime: Histogram = new Histogram();
  /** From the time at which a message was meant to be sent to its actual send, in nanoseconds. */
  readonly pacingError: Histogram = new Histogram();
  /** From the connect call to the open connection, in nanoseconds. */
  readonly handshakeTime: Histogram = new Histogram();
  /** From the first send of a batch to its last reply, in nanoseconds. */
  readonly batchTime: Histogram = new Histogram();
  /** From the send of a message to many to when the first of them has it, in nanoseconds. */
  readonly firstReceiver: Histogram = new Histogram();
  /** Likewise to when the last of them has it. */
  readonly lastReceiver: Histogram = new Histogram();
  /** From the first to the last of them. */
  readonly skew: Histogram = new Histogram();
  /** Response time of the small messages, where small and large ones are told apart, in nanoseconds. */
  readonly smallTime: Histogram = new Histogram();
  /** Likewise of the large ones. */
  readonly largeTime: Histogram = new Histogram();
  /** From the time at which a ping was meant to be sent to its pong, in nanoseconds. */
  readonly pingTime: Histogram = new Histogram();
  /** Whether {@linkcode Recorder.counts} tells of compressed bytes. */
  countsCompressed = false;
  readonly #timeline: TimelineKind;
  /** The histogram that the slices are merged into as they close: one record a message. */
  readonly #whole: Histogram;
  readonly #repliesOf: Float64Array;
  readonly #slices: Timeline;
  readonly #sampler: Sampler;
  readonly #firstLarge: number | undefined;
  /**
   * When the message of the reply at hand was sent, when the reply came, and when the message was meant to be sent. A number with a
   * fraction is an object wherever it is passed to a function that is too long to be compiled into its caller; here
   * it is none.
   */
  readonly #timesMs = new Float64Array(3);
  #startMs = Infinity;
  #endMs = Infinity;
  #sent = 0;
  #replies = 0;
  #replyBytes = 0;
  #sentCompressed = 0;
  #receivedCompressed = 0;
  #handshakes = 0;
  #offered = 0;
  #sentOfOffered = 0;
  #late = 0;
  #dropped = 0;
  #answered = 0;

  /**
   * @param connections how many connections there are at the most
   * @param timeline what the timeline follows
   * @param samples of how many single messages the latencies are kept at the most
   * @param closed told of the slices of the timeline as they are closed
   * @param firstLarge from this number on connections send large messages; undefined where these are not told apart
   */
  constructor(
    connections: number,
    timeline: TimelineKind = "replies",
    samples: number = 0,
    closed?: (slices: readonly TimelineSlice[]) => void,
    firstLarge?: number,
  ) {
    this.#firstLarge = firstLarge;
    this.#sampler = new Sampler(samples);
    this.#repliesOf = new Float64Array(connections);
    this.#timeline = timeline;
    this.#whole = {
      replies: this.serviceTime,
      responses: this.responseTime,
      handshakes: this.handshakeTime,
    }[timeline];
    this.#slices = new Timeline(this.#whole, closed);
  }

  /**
   * Opens the window, and forgets what was recorded before. A warm-up that is recorded too makes sure that all code is
   * compiled when the window begins: a compiler that starts then takes tens of milliseconds from it.
   */
  begin(nowMs: number): void {
    for (const name of HISTOGRAMS) this[name].clear();
    this.#sampler.clear();
    this.#repliesOf.fill(0);
    this.#sent =
      this.#replies =
      this.#replyBytes =
      this.#sentCompressed =
      this.#receivedCompressed =
      this.#handshakes =
        0;
    this.#offered =
      this.#sentOfOffered =
      this.#late =
      this.#dropped =
      this.#answered =
        0;
    this.#slices.begin(nowMs);
    this.#startMs = nowMs;
    this.#endMs = Infinity;
  }

  /** Closes the window. */
  end(nowMs: number): void {
    this.#slices.end(nowMs);
    this.#endMs = nowMs;
  }

  /** Length of the window in milliseconds; NaN before it is closed. */
  get windowMs(): number {
    return this.#endMs === Infinity ? NaN : this.#endMs - this.#startMs;
  }

  #inWindow(nowMs: number): boolean {
    return nowMs >= this.#startMs && nowMs < this.#endMs;
  }

  /** What is due when the window opens was seen to before, what is due when it closes was seen to in it. */
  #isOffered(intendedMs: number): boolean {
    return intendedMs > this.#startMs && intendedMs <= this.#endMs;
  }

  /** Notes a message as sent. */
  send(nowMs: number): void {
    if (this.#inWindow(nowMs)) this.#sent++;
  }

  /** Notes how many bytes messages that are sent now take as compressed. */
  sendCompressed(nowMs: number, bytes: number): void {
    if (this.#inWindow(nowMs)) this.#sentCompressed += bytes;
  }

  /** Notes how many bytes messages that were read now took as compressed. */
  receiveCompressed(nowMs: number, bytes: number): void {
    if (this.#inWindow(nowMs)) this.#receivedCompressed += bytes;
  }

  /** Notes that a message is meant to be sent at a time. */
  offer(intendedMs: number): void {
    if (this.#isOffered(intendedMs)) this.#offered++;
  }

  /** Notes that a message that was meant to be sent is not. */
  drop(intendedMs: number): void {
    if (this.#isOffered(intendedMs)) this.#dropped++;
  }

  /** Notes when a message that was meant to be sent at a time was sent. */
  pace(intendedMs: number, nowMs: number): void {
    if (!this.#isOffered(intendedMs)) return;
    this.#sentOfOffered++;
    if (nowMs - intendedMs > LATE_MS) this.#late++;
    this.pacingError.record(Math.floor((nowMs - intendedMs) * NS_PER_MS));
  }

  /**
   * Notes a reply.
   *
   * @param sentMs when its message was sent; NaN where that is not known
   * @param bytes its payload in bytes
   * @param intendedMs when its message was meant to be sent; NaN where there is no schedule
   */
  reply(
    connection: number,
    sentMs: number,
    nowMs: number,
    bytes: number,
    intendedMs: number = NaN,
  ): void {
    this.#timesMs[0] = sentMs;
    this.#timesMs[1] = nowMs;
    this.#timesMs[2] = intendedMs;
    this.#noteReply(connection, bytes);
  }

  #noteReply(connection: number, bytes: number): void {
    const sentMs = this.#timesMs[0]!;
    const nowMs = this.#timesMs[1]!;
    const intendedMs = this.#timesMs[2]!;
    const inWindow = this.#inWindow(nowMs);
    if (inWindow) {
      if (nowMs >= this.#slices.nextMs) this.#slices.advance(nowMs);
      this.#replies++;
      this.#replyBytes += bytes;
      this.#repliesOf[connection]!++;
      if (this.#timeline !== "handshakes") this.#slices.count++;
    }
    // A whole number up to 2 s is no object when it is passed on.
    if (this.#inWindow(sentMs)) {
      this.#record(this.serviceTime, Math.floor((nowMs - sentMs) * NS_PER_MS), inWindow);
    }
    if (this.#isOffered(intendedMs)) {
      this.#answered++;
      const ns = Math.floor((nowMs - intendedMs) * NS_PER_MS);
      this.#record(this.responseTime, ns, inWindow);
      if (this.#firstLarge !== undefined) {
        (connection < this.#firstLarge ? this.smallTime : this.largeTime).record(ns);
      }
    }
  }

  /** Counts a duration of what ended now: in the slice, where the timeline follows such and the window is open. */
  #record(histogram: Histogram, ns: number, inWindow: boolean): void {
    if (!inWindow || histogram !== this.#whole) return histogram.record(ns);
    this.#slices.record(ns);
    if (this.#sampler.isNext()) this.#sampler.keep(this.#timesMs[1]! - this.#startMs, ns);
  }

  /** Notes a finished handshake. */
  handshake(startedMs: number, nowMs: number): void {
    if (!this.#inWindow(nowMs)) return;
    if (nowMs >= this.#slices.nextMs) this.#slices.advance(nowMs);
    this.#handshakes++;
    if (this.#timeline === "handshakes") this.#slices.count++;
    if (!this.#inWindow(startedMs)) return;
    this.#timesMs[1] = nowMs;
    this.#record(this.handshakeTime, (nowMs - startedMs) * NS_PER_MS, true);
  }

  /** Notes a finished batch. */
  batch(startedMs: number, nowMs: number): void {
    if (this.#inWindow(startedMs)) this.batchTime.record((nowMs - startedMs) * NS_PER_MS);
  }

  /** Notes the pong to a ping that was meant to be sent at a time. */
  ping(intendedMs: number, nowMs: number): void {
    if (!this.#isOffered(intendedMs)) return;
    this.pingTime.record(Math.floor((nowMs - intendedMs) * NS_PER_MS));
  }

  /** Notes that a message to many has reached all of them. */
  delivered(sentMs: number, firstMs: number, lastMs: number): void {
    if (!this.#inWindow(sentMs)) return;
    this.firstReceiver.record(Math.floor((firstMs - sentMs) * NS_PER_MS));
    this.lastReceiver.record(Math.floor((lastMs - sentMs) * NS_PER_MS));
    this.skew.record(Math.floor((lastMs - firstMs) * NS_PER_MS));
  }

  /** The slices that are closed. */
  get timeline(): readonly TimelineSlice[] {
    return this.#slices.slices;
  }

  /** Latencies of single messages; undefined where none were to be kept, or none answered. */
  get samples(): Samples | undefined {
    return this.#sampler.samples;
  }

  /** Counts inside the window; how many connections are open is the caller's to say. */
  counts(connections: number): WindowCounts {
    return {
      sent: this.#sent,
      replies: this.#replies,
      replyBytes: this.#replyBytes,
      handshakes: this.#handshakes,
      connections,
      ...(this.countsCompressed && {
        sentCompressedBytes: this.#sentCompressed,
        replyCompressedBytes: this.#receivedCompressed,
      }),
    };
  }

  /** What became of the messages that were meant to be sent in the window; undefined where there is no schedule. */
  get arrivals(): ArrivalCounts | undefined {
    if (this.#offered === 0) return undefined;
    return {
      offered: this.#offered,
      sent: this.#sentOfOffered,
      late: this.#late,
      dropped: this.#dropped,
      answered: this.#answered,
    };
  }

  /**
   * Messages per second of each connection over the window; undefined when no connection had a reply, or none took part.
   *
   * @param connections how many connections took part, with the numbers 0 to `connections - 1`
   */
  spread(connections: number): ConnectionSpread | undefined {
    if (this.#replies === 0 || connections === 0) return undefined;
    const perSecond = 1000 / this.windowMs;
    const counts = this.#repliesOf.subarray(0, connections);
    return {
      min: counts.reduce((a, b) => Math.min(a, b)) * perSecond,
      mean: counts.reduce((a, b) => a + b) / counts.length * perSecond,
      max: counts.reduce((a, b) => Math.max(a, b)) * perSecond,
    };
  }
}
