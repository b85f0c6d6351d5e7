/** The two sides of one connection of a case: the steps are done while all that comes is collected. */

import { writeClose } from "../../clients/wire/frame/frame_encoder.ts";
import { OPCODE } from "../../clients/wire/frame/protocol.ts";
import type { Case, Outcome, Role, SendStep, Step } from "../types.ts";
import { joined } from "./bytes.ts";
import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { MASKING_KEY, sentBytes } from "./frame_bytes.ts";
import { FrameReader, type Inflate } from "./frame_reader.ts";
import { answersAreComplete, answersMayFit, outcomesOf } from "./judge.ts";
import type { SeenAnswer, Transcript } from "./transcript.ts";

/** How long nothing may come, in milliseconds, until a ping asks whether the connection is still open. */
const PROBE_MS = 400;
/** How long an answer may come after that of such a ping: a server may answer pings itself, and messages later. */
const LATE_MS = 600;
/** How long the other side may take to end the connection after both close frames. */
const END_MS = 1000;

const PROBE = "still open?";
const READ_BYTES = 2 ** 18;

function isProbe({ kind, payload }: SeenAnswer): boolean {
  return kind === "pong" && payload.length === PROBE.length &&
    new TextDecoder().decode(payload) === PROBE;
}

/** What a conversation is carried by. */
export interface ConversationOptions {
  readonly connection: Connection;
  /** The side that the suite takes. */
  readonly side: Role;
  readonly transcript: Transcript;
  readonly clock: Clock;
  /** Set if the other side may compress messages. */
  readonly inflate?: Inflate;
  /** Set if messages of the other side are no answers. */
  readonly ignoresMessages?: boolean;
}

/** Does the steps of a case on an open connection. */
export class Conversation {
  readonly #connection: Connection;
  readonly #side: Role;
  readonly #transcript: Transcript;
  readonly #clock: Clock;
  readonly #reader: FrameReader;
  readonly #ignoresMessages: boolean;
  #deadline = Infinity;
  #changed = Promise.withResolvers<void>();
  #hasSentClose = false;
  #hasEndedSending = false;
  /** Whether a ping was sent after all steps, and a pong without content can only be its answer, as some send it. */
  #takesEmptyPong = false;
  /** Set when nothing is collected any more. */
  #isDone = false;
  /** The last step that sends, and whether its last bytes have been. */
  #lastSending: Step | undefined;
  #isAllSent = false;

  constructor(options: ConversationOptions) {
    const { connection, side, transcript, clock, inflate, ignoresMessages = false } = options;
    this.#ignoresMessages = ignoresMessages;
    this.#connection = connection;
    this.#side = side;
    this.#transcript = transcript;
    this.#clock = clock;
    this.#reader = new FrameReader(transcript, side === "client" ? "server" : "client", inflate);
  }

  /**
   * Does all steps, and waits until what came can be judged.
   *
   * @param early what came with the end of the handshake
   * @param first the number of the first step that is to be done
   * @param deadline by the clock
   */
  async run(one: Case, early: Uint8Array, first: number, deadline: number): Promise<void> {
    this.#deadline = deadline;
    this.#lastSending = one.steps.slice(first).findLast((step) => "send" in step);
    this.#isAllSent = this.#lastSending === undefined;
    if (early.length > 0) this.#take(early);
    const reading = this.#read();
    using late = this.#clock.after(deadline - this.#clock.now());
    // What waits for room to write ends, too.
    late.over.then(() => this.#finish());
    for (const step of one.steps.slice(first)) {
      if (this.#isOver) break;
      await this.#do(step);
    }
    await this.#settle(one);
    this.#finish();
    await reading;
  }

  #finish(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#connection.close();
  }

  /** Whether the other side has closed or ended the connection, or broken the protocol. */
  get #isOver(): boolean {
    const { close, end, violation } = this.#transcript;
    return (close ?? end ?? violation) !== undefined;
  }

  async #read(): Promise<void> {
    const target = new Uint8Array(READ_BYTES);
    try {
      for (;;) {
        const count = await this.#connection.read(target);
        if (count === null) break;
        this.#take(target.subarray(0, count));
      }
      this.#end("ended");
    } catch {
      this.#end("reset");
    }
  }

  #take(bytes: Uint8Array): void {
    const { answers, frames, close } = this.#transcript;
    this.#reader.push(bytes);
    const isOfProbe = (answer: SeenAnswer): boolean =>
      isProbe(answer) || this.#takesEmptyPong && answer.kind === "pong" &&
        answer.payload.length === 0;
    for (
      const answer of answers.filter((one) =>
        isOfProbe(one) || this.#ignoresMessages && one.kind !== "pong"
      )
    ) {
      answers.splice(answers.indexOf(answer), 1);
      frames.splice(frames.findIndex(({ payload }) => payload === answer.payload), 1);
      if (isOfProbe(answer)) this.#transcript.hasSurvived = true;
    }
    if (close === undefined && this.#transcript.close !== undefined) this.#closed();
    this.#change();
  }

  #end(how: "ended" | "reset"): void {
    if (this.#isDone) return;
    const { close, isEarly } = this.#transcript;
    this.#transcript.end = how;
    if (close === undefined) this.#transcript.isEarly = isEarly ?? !this.#isAllSent;
    this.#change();
  }

  #closed(): void {
    this.#transcript.isEarly = !this.#isAllSent;
    // The answer to the suite's own close needs none.
    if (!this.#hasSentClose) this.#sendClose(this.#transcript.close!.code);
  }

  #sendClose(code: number): void {
    const frame = new Uint8Array(16);
    const mask = this.#side === "client" ? MASKING_KEY : undefined;
    const isAnswer = this.#transcript.violation === undefined;
    this.#hasSentClose = true;
    const end = writeClose(frame, 0, isAnswer ? code : 1002, "", mask);
    this.#write(frame.subarray(0, end));
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  /** Waits until a condition holds, the connection is over, or the time is. */
  async #until(condition: () => boolean, ms: number): Promise<void> {
    const end = Math.min(this.#clock.now() + ms, this.#deadline);
    while (!condition() && this.#clock.now() < end) {
      using wait = this.#clock.after(end - this.#clock.now());
      await Promise.race([this.#changed.promise, wait.over]);
    }
  }

  async #do(step: Step): Promise<void> {
    if ("send" in step) return await this.#send(step);
    if ("end" in step) {
      this.#hasEndedSending = true;
      return await this.#connection.closeWrite?.();
    }
    const wanted = "answers" in step ? step.answers : Infinity;
    const ms = "waitMs" in step ? step.waitMs : Infinity;
    await this.#until(() => this.#isOver || this.#transcript.answers.length >= wanted, ms);
  }

  async #send(step: SendStep): Promise<void> {
    const { send, pieceBytes = Infinity, lastBytes, pauseMs = 0 } = step;
    this.#hasSentClose ||= send.some((sent) => "opcode" in sent && sent.opcode === OPCODE.close);
    const bytes = joined(send.map((sent) => sentBytes(sent, this.#side)));
    const { firstBytes = lastBytes === undefined ? pieceBytes : bytes.length - lastBytes } = step;
    for (let start = 0; start < bytes.length && !this.#isOver;) {
      if (start > 0 && pauseMs > 0) await this.#until(() => this.#isOver, pauseMs);
      const end = Math.min(start + (start === 0 ? firstBytes : pieceBytes), bytes.length);
      if (end === bytes.length && step === this.#lastSending) this.#isAllSent = !this.#isOver;
      await this.#write(bytes.subarray(start, end));
      start = end;
    }
  }

  /** Writes all, unless the connection ends meanwhile: that is found by reading. */
  async #write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      for (let at = 0; at < bytes.length;) {
        at += await this.#connection.write(bytes.subarray(at));
      }
    } catch {
      // The other side has ended the connection.
    }
  }

  /** Waits until it is clear what came. */
  async #settle(one: Case): Promise<void> {
    const outcomes = outcomesOf(one);
    const open = outcomes.filter(({ ending }) => ending.is === "open");
    const isClear = (): boolean =>
      this.#isOver || !outcomes.some((outcome) => answersMayFit(outcome, this.#transcript));
    if (this.#hasSentClose || this.#hasEndedSending) {
      // Nothing can be asked any more; if the connection may stay open, it is not waited for as long as for an end.
      await this.#until(isClear, open.length > 0 ? END_MS : Infinity);
    } else {
      // A long message takes its time to come back, and more of it on a slow machine.
      const { deadlineMs = 0, lateMs = Math.max(LATE_MS, deadlineMs / 3) } = one;
      await this.#askIfOpen(outcomes, isClear, lateMs);
      if (!this.#isOver) await this.#farewell();
    }
    // It is the server that ends the connection first (RFC 6455 §7.1.1).
    if (
      this.#side === "client" && this.#transcript.close !== undefined &&
      this.#transcript.violation === undefined
    ) {
      await this.#until(() => this.#transcript.end !== undefined, END_MS);
    }
  }

  /**
   * Waits until the connection is over, all answers have come, one that should not, or a ping was answered instead.
   *
   * @param outcomes all that may come
   * @param isClear whether it is over, or an answer has come that should not
   * @param lateMs how long answers may come after that to the ping
   */
  async #askIfOpen(
    outcomes: readonly Outcome[],
    isClear: () => boolean,
    lateMs: number,
  ): Promise<void> {
    const open = outcomes.filter(({ ending }) => ending.is === "open");
    const isSilent = open.some(({ answers = [] }) => answers.length === 0);
    const isAnswered = (): boolean =>
      isClear() ||
      !isSilent && open.some((outcome) => answersAreComplete(outcome, this.#transcript));
    if (!isSilent) await this.#until(isAnswered, PROBE_MS);
    if (isAnswered()) return;
    this.#takesEmptyPong = !outcomes.some(({ answers = [] }) =>
      answers.some((answer) => "pong" in answer && answer.pong === "")
    );
    this.#write(sentBytes({ opcode: OPCODE.ping, payload: PROBE }, this.#side));
    await this.#until(() => isAnswered() || this.#transcript.hasSurvived === true, Infinity);
    if (!isSilent) await this.#until(isAnswered, lateMs);
  }

  /** Closes the connection: all that is still to come does so before it is answered. */
  async #farewell(): Promise<void> {
    this.#transcript.isFarewell = true;
    this.#sendClose(1000);
    await this.#until(() => this.#isOver, END_MS);
  }
}
