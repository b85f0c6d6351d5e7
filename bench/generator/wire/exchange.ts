/** An exchange that is carried by wsmark's own frames, which cost the client so little that the server shows. */

import { altered } from "../../../scenarios/payload/payload.ts";
import { shown } from "../../../measure/text/shown.ts";
import { largest } from "../../../measure/statistics/statistics.ts";
import type { Timed } from "../../../scenarios/traffic/types.ts";
import type { Endpoint } from "../../../clients/wire/transport/endpoint.ts";
import { EpollTransport } from "../../../clients/wire/transport/epoll.ts";
import {
  checkUtf8,
  closeCodeOf,
  FrameDecoder,
  writeClose,
  writeFrame,
} from "../../../clients/wire/frame/frame.ts";
import {
  type AgreedDeflate,
  type Handshake,
  prepareHandshakes,
} from "../../../clients/wire/handshake/handshake.ts";
import { offerOf } from "../../../clients/wire/handshake/offer.ts";
import { type Inflater, inflaterFor } from "../../../clients/wire/handshake/inflater.ts";
import { openLibc } from "../../../clients/wire/transport/libc.ts";
import { TcpTransport } from "../../../clients/wire/transport/tcp.ts";
import type {
  LoopTransport,
  Transport,
  TransportHandlers,
} from "../../../clients/wire/transport/transport.ts";
import { UringTransport } from "../../../clients/wire/transport/uring.ts";
import { codecFor } from "../../../protocols/mod.ts";
import { type Codec, NEXT } from "../../../protocols/types.ts";
import { Exchange } from "../exchange/exchange.ts";
import type { ExchangeOptions } from "../exchange/options.ts";
import type { ReadTcpInfo } from "../tcp_totals.ts";
import { deflateFrames } from "./deflate_frames.ts";
import { areInSeries, MASK, plainFrames, readPong } from "./frames.ts";
import { LoopInterruptions } from "./loop_interruptions.ts";
import { ReplyMatcher } from "./reply_matcher.ts";
import { FrameSender, scratchSize } from "./sender.ts";
import { SeriesMemory } from "./series_memory.ts";
import { Slot, type SlotOwner } from "./slot.ts";
import { StreamSlot } from "./stream_slot.ts";

/** What carries the bytes. */
export type Engine = "epoll" | "uring" | "tcp";

/** The engines whose loop is taken by turns here. */
const LOOPS = { epoll: EpollTransport, uring: UringTransport } as const;

/** By how much a message may be longer than one that is sent, in bytes: a longer one is not a reply. */
const LONGER = 1024 * 1024;

/** By how much the system may wake the loop too late, in milliseconds: it wakes that much earlier, and looks again. */
const OVERSLEEP_MS = 0.3;
/** The system is asked for whole milliseconds: the end of a pause is waited for, even if that makes it a little late. */
const NO_HURRY_MS = -0.999;

/**
 * Opens what the first exchange would have to wait for, and keeps it open.
 *
 * @throws {Error} where there is no engine but tcp
 */
export function prepare(): void {
  openLibc();
}

export class WireExchange extends Exchange implements TransportHandlers, SlotOwner {
  readonly #codec: Codec;
  readonly #handshakeOf: (connection: number, group: number) => Handshake;
  readonly #sender: FrameSender;
  /** Recognizes right replies; undefined if their bytes are not known. */
  readonly #matcher: ReplyMatcher | undefined;
  /** The longest message that is accepted, in bytes when inflated. */
  readonly #longest: number;
  readonly #deflate: ExchangeOptions["deflate"];
  readonly #transport: Transport;
  readonly #slots: readonly Slot[];
  /** What the machine takes from the loop, which asks for a CPU all the time; undefined without a schedule. */
  readonly #interruptions: LoopInterruptions | undefined;
  /** The transport, if this takes the turns of its loop. */
  readonly #loop: LoopTransport | undefined;
  /** Until when the loop takes turns. */
  readonly #untilMs = new Float64Array(1);
  /** Whether a batch is done since the last wait: somebody may wait for that, and nothing else may happen. */
  #isBatchDone = false;
  /** How much earlier than its time a loop wakes up for what is due. */
  #earlyMs = OVERSLEEP_MS;
  /** When connections are kept alive next, for a loop; never if the protocol keeps none. */
  readonly #keepAliveMs = Float64Array.of(Infinity);
  /** Keeps connections alive where there is no loop. */
  #keeping: ReturnType<typeof setInterval> | undefined;

  /**
   * Prepares an exchange over own frames.
   *
   * @param protocol id of what is spoken
   * @param endpoint what the URL resolves to: an address of IPv4 or IPv6, the port, and the name for TLS
   * @throws {Error} if the engine cannot be used, with the reason as a phrase
   */
  constructor(engine: Engine, protocol: string, options: ExchangeOptions, endpoint: Endpoint) {
    const codec = codecFor(
      protocol,
      options.url,
      options.connect?.protocolOptions,
      (connection) => this.groups === undefined ? connection : this.groupId(connection),
      options.part?.trial,
    );
    super(options, codec.mayOvertake);
    const { slots } = this.traffic;
    this.#deflate = options.deflate;
    this.#codec = codec;
    const { deflate, connect = {} } = options;
    this.#handshakeOf = prepareHandshakes(codec.url, { ...offerOf(codec, connect), deflate });
    const messages = this.#codec.messages(this.payload);
    const memory = new SeriesMemory();
    const frames = options.deflate === undefined
      ? plainFrames(memory, messages)
      : deflateFrames(messages);
    const reply = this.payload.reply && this.#codec.reply?.(this.payload.reply);
    const isKnown = options.deflate === undefined && this.replies.canTakeMany;
    this.#matcher = isKnown && reply !== undefined && areInSeries(reply)
      ? new ReplyMatcher(memory, reply)
      : undefined;
    this.#longest = largest(messages.map(({ size }) => size)) + LONGER;
    const size = scratchSize(frames);
    const scratchAt = memory.reserve(size);
    if (engine !== "tcp") {
      const Loop = LOOPS[engine];
      const readsAt = memory.reserve(Loop.READ_SIZE);
      const reads = memory.bytes.subarray(readsAt, readsAt + Loop.READ_SIZE);
      this.#loop = new Loop(this, endpoint, slots, reads);
    }
    this.#transport = this.#loop ?? new TcpTransport(this, endpoint, slots);
    if (this.#loop !== undefined && (this.traffic.pace?.of ?? "pauses") !== "pauses") {
      this.recorder.arrivals.interruptions = this.#interruptions = new LoopInterruptions(
        this.#loop,
      );
    }
    this.#sender = new FrameSender({
      transport: this.#transport,
      frames,
      scratch: memory.bytes.subarray(scratchAt, scratchAt + size),
      sending: this.sending,
      pings: this.pings,
      compression: this.compression,
      measured: this.measured,
      interruptions: this.#interruptions,
      hasLoop: this.#loop !== undefined,
    });
    this.#transport.onRoom = (number) => this.#room(number);
    const Own = this.traffic.hasStreams ? StreamSlot : Slot;
    this.#slots = Array.from({ length: slots }, (_, number) => new Own(this, number));
    const { keepAliveMs } = codec;
    if (keepAliveMs === undefined) return;
    if (this.#loop === undefined) {
      this.#keeping = setInterval(() => this.#keepAlive(), keepAliveMs);
    } else this.#keepAliveMs[0] = this.now() + keepAliveMs;
  }

  now(): number {
    return this.#transport.now();
  }

  /** What the kernel counts of the connection of a slot; undefined without a loop, whose sockets are known. */
  get tcpInfo(): ReadTcpInfo | undefined {
    const loop = this.#loop;
    return loop && ((slot) => loop.tcpInfo(slot));
  }

  /** Calls `ended` when the other end of a pipe is closed, which a loop would not notice otherwise. */
  watch(fd: number, ended: () => void): void {
    this.#loop?.watch(fd, ended);
  }

  /** Gives the CPU time of this process so far, in milliseconds; undefined without a loop, which has that clock. */
  get cpuMs(): (() => number) | undefined {
    const loop = this.#loop;
    return loop && (() => {
      loop.clocks.lookAtCpu();
      return loop.clocks.ms[0]!;
    });
  }

  override get openingMs(): number | undefined {
    return this.#codec.openingMs;
  }

  override get awaited(): string {
    const slot = this.#slots.find(({ conversation }) => conversation?.awaited !== undefined);
    if (slot === undefined) return "";
    return `: connection ${slot.number + 1} waits for ${shown(slot.conversation!.awaited!)}`;
  }

  override until(ms: number, condition: () => boolean): Promise<boolean> {
    const loop = this.#loop;
    if (loop === undefined) return super.until(ms, condition);
    this.#untilMs[0] = loop.now() + ms;
    try {
      while (!condition()) {
        const isOver = this.#turn(loop);
        if (this.failed !== undefined) return Promise.reject(this.failed);
        if (isOver) return Promise.resolve(false);
      }
      return Promise.resolve(true);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  override catchUp(): void {
    super.catchUp();
    this.#sender.flush();
  }

  /**
   * One turn of the loop. If the next message is due soon, it is taken a million times a second; so it is a separate
   * function, which is compiled well, and is passed no number with a fraction, which would be an object, as is one that
   * is chosen by a condition.
   *
   * @returns whether the time to take turns is over
   */
  #turn(loop: LoopTransport): boolean {
    const { pace } = this.timed;
    const endMs = this.#untilMs[0]!;
    const nowMs = loop.now();
    const interruptions = this.#interruptions;
    if (interruptions !== undefined) {
      if (interruptions.nextMs <= nowMs) interruptions.compareClocks(nowMs);
      if (interruptions.owedMs > 0) interruptions.limit(nowMs - pace.nextMs);
    }
    if (pace.nextMs <= nowMs) this.timed.due(nowMs);
    if (this.#keepAliveMs[0]! <= nowMs) this.#keepAlive();
    this.#sender.flush();
    if (nowMs >= endMs || this.failed !== undefined) return true;
    const untilMs = Math.min(pace.nextMs - this.#earlyMs, endMs, this.#keepAliveMs[0]!);
    const leftMs = untilMs - nowMs;
    const mayWait = !this.#sender.hasMore && !this.#isBatchDone;
    const waitMs = leftMs > 0 && mayWait ? leftMs | 0 : 0;
    this.#isBatchDone = false;
    if (waitMs > 0 && interruptions !== undefined) interruptions.wait();
    loop.poll(waitMs);
    if (this.#sender.hasMore) this.#sender.goOn();
    return false;
  }

  /** Lets each connection that is ready say that it is there. */
  #keepAlive(): void {
    this.#keepAliveMs[0]! += this.#codec.keepAliveMs!;
    for (const slot of this.#slots) {
      if (slot.isReady && !slot.closeSent) slot.conversation?.keepAlive?.();
    }
  }

  override batchDone(startedMs: number, endedMs: number): void {
    this.#isBatchDone = true;
    super.batchDone(startedMs, endedMs);
  }

  protected override keepPace(timed: Timed): Promise<void> {
    this.#earlyMs = timed.pace.of === "pauses" ? NO_HURRY_MS : OVERSLEEP_MS;
    // A loop looks at the times itself.
    return this.#loop !== undefined ? Promise.resolve() : super.keepPace(timed);
  }

  override [Symbol.dispose](): void {
    clearInterval(this.#keeping);
    this.#transport.dispose();
  }

  protected connectSlot(number: number): void {
    this.#transport.connect(number);
  }

  connected(number: number): void {
    const slot = this.#slots[number]!;
    const { request, reader } = this.#handshakeOf(
      this.connectionId(number),
      this.groupId(number),
    );
    slot.reader = reader;
    slot.decoder = undefined;
    slot.conversation = undefined;
    slot.isReady = false;
    slot.notedBytes = 0;
    slot.toSend = slot.toPing = 0;
    slot.hasRoom = this.#transport.write(number, request, 0, request.length);
    slot.owedPongs.clear();
    slot.owedKeepAlive = undefined;
    slot.closeSent = false;
    slot.ending = "";
  }

  received(number: number, buffer: Uint8Array, start: number, end: number): void {
    const slot = this.#slots[number]!;
    // Before anything of it is inflated or compared.
    this.replies.nowMs[0] = this.#transport.now();
    try {
      let at = start;
      if (slot.reader !== undefined) {
        at = slot.reader.push(buffer, start, end);
        if (at < 0) return;
        const { deflate } = slot.reader;
        slot.reader = undefined;
        this.#checkTakeover(deflate);
        if (deflate !== undefined) slot.decoder = this.#decoderFor(slot, inflaterFor(deflate));
        slot.conversation = this.#codec.conversation?.(slot, number);
        if (slot.conversation === undefined) this.opened(number);
        else slot.conversation.open();
      }
      if (at < end && this.#matcher !== undefined) {
        const { decoder } = slot;
        if (decoder !== undefined) at = this.#finishFrame(decoder, buffer, at, end);
        if (decoder?.isIdle ?? true) {
          at = this.#takeRight(this.#matcher, number, buffer, at, end);
        }
      }
      // One whose replies are always as expected needs none, and takes less memory.
      if (at < end) (slot.decoder ??= this.#decoderFor(slot)).push(buffer, at, end);
      if (this.#deflate !== undefined) this.#noteCompressed(slot);
    } catch (error) {
      slot.toSend = 0;
      if (slot.reader === undefined && !slot.closeSent) this.sendClose(slot, closeCodeOf(error));
      this.#transport.finish(number);
      return this.closed(number, (error as Error).message);
    }
    if (slot.isWaiting) this.#sender.send(slot);
    // Many connections may be read before the loop comes round.
    if (this.timed.pace.nextMs <= this.replies.nowMs[0]!) {
      this.timed.due(this.replies.nowMs[0]!);
      if (this.#loop !== undefined) this.#sender.flush();
    }
  }

  #decoderFor(slot: Slot, inflater?: Inflater): FrameDecoder {
    const maxMessageBytes = this.#longest;
    return new FrameDecoder(slot, {
      role: "client",
      maxMessageBytes,
      checkUtf8: this.checksText,
      inflater,
    });
  }

  /**
   * Whether all text has to be UTF-8: what a protocol says. Plain content is compared byte by byte anyway, and where it is
   * wrong it is counted, which tells more than the end of the connection that RFC 6455 §8.1 wants; what is compared with
   * nothing is checked in {@linkcode takeReply}.
   */
  protected get checksText(): boolean {
    return this.#codec.conversation !== undefined;
  }

  /** Takes the rest of a frame whose beginning was in the read before; returns the place after it. */
  #finishFrame(decoder: FrameDecoder, buffer: Uint8Array, start: number, end: number): number {
    let at = start;
    while (at < end && decoder.missing > 0) {
      const next = Math.min(end, at + decoder.missing);
      decoder.push(buffer, at, next);
      at = next;
    }
    return at;
  }

  /** Takes the right replies at the start of a range; returns the place after them. */
  #takeRight(
    matcher: ReplyMatcher,
    number: number,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): number {
    const { ledger } = this;
    const due = ledger.due(number);
    const count = matcher.count(buffer, start, end, number, ledger.expected(number), due);
    if (count > 0) this.replies.noteNext(number, count, matcher.bytes);
    return matcher.end;
  }

  /** A server may decline takeover (RFC 7692 §7.1.1.1); the trial would then not measure what was asked for. */
  #checkTakeover(agreed: AgreedDeflate | undefined): void {
    if (this.#deflate !== "takeover" || agreed!.serverTakeover) return;
    throw new Error("The server compresses without takeover: ask for no-takeover");
  }

  /** Notes how much compressed payload came since the last time. */
  #noteCompressed(slot: Slot): void {
    // The connection may have ended with what was read.
    const wireBytes = slot.decoder?.wireBytes ?? slot.notedBytes;
    this.compression!.receive(this.replies.nowMs[0]!, wireBytes - slot.notedBytes);
    slot.notedBytes = wireBytes;
  }

  takeReply(
    number: number,
    isText: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
    sequence: number,
  ): void {
    const { payload } = this;
    const isRightType = isText === payload.isText;
    let wasCompared: boolean;
    if (sequence === NEXT) {
      wasCompared = this.replies.noteMessage(number, isRightType, buffer, start, end);
    } else {
      wasCompared = isRightType &&
        payload.check(buffer, start, end, number, sequence) === sequence;
      this.takeAnswer(number, sequence, wasCompared, end - start);
    }
    if (isText && !wasCompared) checkUtf8(buffer, start, end);
  }

  takeAnswer(number: number, sequence: number, isRight: boolean, bytes: number): void {
    const { ledger } = this;
    const expected = ledger.expected(number);
    if (sequence === NEXT && ledger.due(number) === 0) return ledger.addUnasked();
    const named = sequence === NEXT ? expected : sequence;
    this.replies.note(number, number, isRight ? named : altered(named), bytes);
  }

  takeUnreadable(number: number): void {
    this.ledger.stray(number);
  }

  takeUnasked(): void {
    this.ledger.addUnasked();
  }

  takePush(number: number, buffer: Uint8Array, start: number, end: number): void {
    this.replies.notePush(number, buffer, start, end);
  }

  takePong(number: number, buffer: Uint8Array, start: number, end: number): void {
    this.replies.notePong(number, readPong(buffer, start, end, number), this.replies.nowMs[0]!);
  }

  /** The opening of the protocol is over: for the traffic the connection is open only now. */
  ready(slot: Slot): void {
    slot.isReady = true;
    this.opened(slot.number);
  }

  sendFrame(slot: Slot, opcode: number, bytes: Uint8Array, start: number, end: number): void {
    const frame = new Uint8Array(end - start + 16);
    const length = writeFrame(frame, 0, opcode, bytes, start, end, MASK);
    slot.hasRoom = this.#transport.write(slot.number, frame, 0, length);
  }

  sendClose(slot: Slot, code: number): void {
    slot.closeSent = true;
    slot.toSend = slot.toPing = 0;
    const frame = new Uint8Array(16);
    const length = writeClose(frame, 0, code === 1005 ? 1000 : code, "", MASK);
    this.#transport.write(slot.number, frame, 0, length);
  }

  protected override cutSlot(number: number): void {
    this.#forget(this.#slots[number]!);
    this.#transport.close(number);
  }

  protected closeSlot(number: number): void {
    const slot = this.#slots[number]!;
    slot.conversation?.close();
    this.sendClose(slot, 1000);
  }

  ended(number: number, reason: string): void {
    const slot = this.#slots[number]!;
    const { reader } = slot;
    this.#forget(slot);
    this.closed(
      number,
      slot.ending || (reader === undefined ? reason : `${reason} amid the handshake`),
    );
  }

  /** Gives back what belonged to a connection that has ended. */
  #forget(slot: Slot): void {
    slot.reader = undefined;
    slot.decoder?.release();
    slot.decoder = undefined;
    slot.isReady = false;
    slot.toSend = 0;
  }

  override withdraw(number: number): void {
    this.#slots[number]!.toSend = 0;
  }

  override pause(number: number): void {
    this.#transport.pause(number);
  }

  override resume(number: number): void {
    this.#transport.resume(number);
  }

  protected sendSlot(number: number, count: number): void {
    const slot = this.#slots[number]!;
    slot.toSend += count;
    this.#sender.sendSoon(slot);
  }

  protected override pingSlot(number: number): void {
    const slot = this.#slots[number]!;
    slot.toPing++;
    this.#sender.sendSoon(slot);
  }

  #room(number: number): void {
    const slot = this.#slots[number]!;
    slot.hasRoom = true;
    slot.settle();
    if (slot.isWaiting) this.#sender.send(slot);
  }
}
