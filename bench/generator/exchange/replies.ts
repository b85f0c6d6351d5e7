/** The replies of a trial: which message each answers, and who hears of it. */

import { altered, type Payload, UNREADABLE } from "../../../scenarios/payload/payload.ts";
import { Resemblance } from "../../../scenarios/payload/resemblance.ts";
import type { Traffic } from "../../../scenarios/traffic/types.ts";
import type { Books } from "./books.ts";
import type { Sending } from "./sending.ts";

/** A number that is so much further than the last one of a speaker elsewhere is none of its messages. */
const FURTHEST = 100_000;

export class Replies {
  /** When the current reply came; in an array, because a number with a fraction is an object wherever it is passed on. */
  readonly nowMs: Float64Array = new Float64Array(1);
  /** Whether replies may be noted together by {@linkcode Replies.noteNext}. */
  readonly canTakeMany: boolean;

  readonly #books: Books;
  readonly #sending: Sending;
  readonly #traffic: Traffic;
  readonly #payload: Payload;
  readonly #resemblance: Resemblance;
  readonly #noted: () => void;
  /** Whether it is known how many messages were sent elsewhere to members here. */
  #isTold = false;

  /** @param noted called when replies are noted, after the traffic has heard of them */
  constructor(
    books: Books,
    sending: Sending,
    traffic: Traffic,
    payload: Payload,
    noted: () => void,
  ) {
    this.#books = books;
    this.#sending = sending;
    this.#traffic = traffic;
    this.#payload = payload;
    this.#resemblance = new Resemblance(payload.reply ?? payload);
    this.#noted = noted;
    this.canTakeMany = books.groups === undefined && books.pushes === undefined;
  }

  /**
   * To be called for what came on a connection: finds out which message it answers, and notes it.
   *
   * @param isRightType whether it is text or bytes as the messages are
   * @param buffer has it from `start` to before `end`
   * @returns whether it was compared with a message: nothing is known of any other
   */
  noteMessage(
    number: number,
    isRightType: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): boolean {
    const { groups, ledger, pushes } = this.#books;
    if (pushes !== undefined) return this.notePush(number, buffer, start, end);
    const speakers = groups?.speakers ?? 1;
    for (let speaker = 0; isRightType && speaker < speakers; speaker++) {
      const stream = groups?.streamTo(number, speaker) ?? number;
      const origin = groups?.speakerOf(number, speaker) ?? number;
      const answered = this.#payload.check(buffer, start, end, origin, ledger.expected(stream));
      if (answered !== UNREADABLE) {
        this.note(number, stream, answered, end - start);
        return true;
      }
    }
    return this.#noteUnreadable(number, buffer, start, end);
  }

  /**
   * To be called for each reply.
   *
   * @param stream where it is accounted for: its connection, or a stream of its group
   * @param answered what {@linkcode Payload.check} said of it
   * @param bytes its payload in bytes
   */
  note(
    number: number,
    stream: number,
    answered: number,
    bytes: number,
  ): void {
    const { ledger } = this.#books;
    if (this.canTakeMany && answered === ledger.expected(stream) && ledger.due(stream) > 0) {
      return this.noteNext(number, 1, bytes);
    }
    this.#settle(number, stream, answered, bytes);
  }

  /** To be called for what a server sent by itself; returns whether it is of the stream of its connection. */
  notePush(number: number, buffer: Uint8Array, start: number, end: number): boolean {
    const { pushes, ledger, recorder } = this.#books;
    const nowMs = this.nowMs[0]!;
    const isOfStream = pushes!.take(number, nowMs, buffer, start, end);
    if (isOfStream) recorder.reply(number, NaN, nowMs, end - start);
    else ledger.addUnasked();
    // Before the window is over nobody waits for what is missing.
    if (pushes!.isOver) this.#noted();
    return isOfStream;
  }

  /** What names no message: a spoilt reply if it is like one that is due, else something that nobody may have asked for. */
  #noteUnreadable(
    number: number,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): boolean {
    const { groups, ledger } = this.#books;
    const stream = groups?.streamTo(number, 0) ?? number;
    const origin = groups?.speakerOf(number, 0) ?? number;
    if (groups?.isListening) this.#hearOf(stream, UNREADABLE);
    const isLike = this.#resemblance.isLike(buffer, start, end, origin, ledger.expected(stream));
    if (isLike) this.note(number, stream, UNREADABLE, end - start);
    else ledger.stray(stream);
    return isLike;
  }

  /**
   * To be called for right replies that came together, in order, to the messages that are due next.
   *
   * @param count how many they are, at most as many as are due
   * @param bytes the payload of all of them in bytes
   */
  noteNext(number: number, count: number, bytes: number): void {
    const { ledger, measured, repliedTo } = this.#books;
    const nowMs = this.nowMs[0]!;
    const first = ledger.expected(number);
    ledger.answerNext(number, count);
    if (number < measured) this.#record(number, first, count, bytes);
    if (repliedTo !== undefined) {
      for (let left = count; left > 0; left--) repliedTo.replied(number, nowMs);
    }
    this.#traffic.replied(number, count, nowMs);
    this.#noted();
  }

  /** Records replies: those whose messages were sent at the same time together, unless each has a time of its own. */
  #record(number: number, first: number, count: number, bytes: number): void {
    const sending = this.#sending;
    const { sentMs, intendedMs } = sending;
    const { recorder } = this.#books;
    const { timesMs } = recorder;
    const isPaced = sending.paced !== undefined;
    timesMs[1] = this.nowMs[0]!;
    for (let done = 0; done < count;) {
      const place = sending.place(number, first + done);
      const time = sentMs[place]!;
      let alike = 1;
      if (!isPaced) {
        while (
          done + alike < count && sentMs[sending.place(number, first + done + alike)] === time
        ) alike++;
      }
      timesMs[0] = time;
      timesMs[2] = isPaced ? intendedMs[place]! : NaN;
      recorder.noteReplies(number, done === 0 ? bytes : 0, alike);
      done += alike;
    }
  }

  #settle(number: number, stream: number, answered: number, bytes: number): void {
    const { groups, ledger, recorder, measured, repliedTo } = this.#books;
    const { sentMs, intendedMs, paced } = this.#sending;
    const nowMs = this.nowMs[0]!;
    if (groups?.isListening) this.#hearOf(stream, answered);
    const released = answered >= 0
      ? ledger.answer(stream, answered)
      : ledger.corrupt(stream, altered(answered));
    const sender = groups?.senderOf(stream) ?? number;
    const place = this.#sending.placeOfSent(sender, stream, answered);
    // What is sent to a group is answered when the last one has it; a copy that comes twice is not a delivery.
    const isWhole = groups === undefined || released > 0 && this.#delivered(sender, answered);
    const meantMs = paced === undefined || !isWhole ? NaN : intendedMs[place]!;
    if (number < measured) recorder.reply(number, sentMs[place]!, nowMs, bytes, meantMs);
    if (repliedTo !== undefined) repliedTo.replied(number, nowMs);
    if (released === 0) return;
    this.#traffic.replied(groups?.originOf(stream) ?? number, released, nowMs);
    this.#noted();
  }

  /**
   * Something of a speaker elsewhere came: what it names, and all before it, was sent; what names nothing may be the next
   * message.
   */
  #hearOf(stream: number, answered: number): void {
    if (this.#isTold) return;
    const { ledger } = this.#books;
    const more = answered >= 0
      ? answered + 1 - ledger.sent(stream)
      : Number(ledger.due(stream) === 0);
    if (more > 0 && more <= FURTHEST) ledger.send(stream, more);
  }

  /** Takes how many messages the speaker elsewhere has sent in all to each member here. */
  tell(count: number): void {
    const { ledger, measured } = this.#books;
    this.#isTold = true;
    for (let stream = 0; stream < measured; stream++) {
      const more = count - ledger.sent(stream);
      if (more > 0) ledger.send(stream, more);
    }
  }

  /** Notes that one more member has a message of its group, unless it is altered; returns whether it was the last. */
  #delivered(sender: number, sequence: number): boolean {
    const { deliveries } = this.#books;
    return sequence >= 0 && deliveries !== undefined &&
      deliveries.deliver(sender, sequence, this.nowMs[0]!);
  }

  /** To be called for each pong; `sequence` is -1 for one that answers no ping. */
  notePong(number: number, sequence: number, nowMs: number): void {
    this.#books.pings.answer(number, sequence, nowMs);
    this.#noted();
  }
}
