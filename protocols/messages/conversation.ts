/** A connection on which messages of one's own are said: an opening, then messages with their replies, then an end. */

import type { Conversation, ConversationHandlers, OptionValue } from "../types.ts";
import type { ReadReply } from "./reply.ts";
import { describeRule, matcherOf, type Matches } from "./rule.ts";
import { Template } from "./template.ts";

/** A step of the opening, as it is given. */
export interface StepValue {
  readonly send?: OptionValue;
  readonly expect?: OptionValue;
  readonly timeout?: number;
}

/** A step of the opening: something is said, then waited for. */
export interface Step {
  readonly send: Template | undefined;
  readonly expects: Matches | undefined;
  /** What it waits for, in words. */
  readonly awaited: string;
}

/** Prepares a step. */
export function stepOf({ send, expect }: StepValue, run: string): Step {
  return {
    send: send === undefined ? undefined : new Template(send, run),
    expects: expect === undefined ? undefined : matcherOf(expect),
    awaited: expect === undefined ? "" : describeRule(expect),
  };
}

/** What all conversations of a codec share. */
export interface Script {
  readonly opening: readonly Step[];
  readonly ignored: readonly Matches[];
  /** Keep-alives of the server, each with its answer. */
  readonly answers: readonly { readonly to: Matches; readonly say: Template }[];
  /** Reads replies to what is sent. */
  readReply: ReadReply;
  readonly close: Template | undefined;
}

export class MessagesConversation implements Conversation {
  readonly #script: Script;
  readonly #handlers: ConversationHandlers;
  readonly #connection: number;
  /** The step of the opening that waits for something. */
  #step = 0;

  constructor(script: Script, handlers: ConversationHandlers, connection: number) {
    this.#script = script;
    this.#handlers = handlers;
    this.#connection = connection;
  }

  open(): void {
    this.#goOn();
  }

  get awaited(): string | undefined {
    return this.#script.opening[this.#step]?.awaited;
  }

  /** Says what is due, up to the next step that waits for something. */
  #goOn(): void {
    const { opening } = this.#script;
    for (; this.#step < opening.length; this.#step++) {
      const { send, expects } = opening[this.#step]!;
      if (send !== undefined) this.#say(send);
      if (expects !== undefined) return;
    }
    this.#handlers.ready();
  }

  #say(template: Template): void {
    this.#handlers.send(true, template.said(this.#connection));
  }

  receive(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    const { opening, ignored, answers, readReply } = this.#script;
    const handlers = this.#handlers;
    for (let index = 0; index < answers.length; index++) {
      const { to, say } = answers[index]!;
      if (to(buffer, start, end)) return handlers.keepAlive(true, say.said(this.#connection));
    }
    if (this.#step < opening.length) {
      if (!opening[this.#step]!.expects!(buffer, start, end)) {
        return handlers.unasked(isText, buffer, start, end);
      }
      this.#step++;
      return this.#goOn();
    }
    for (let index = 0; index < ignored.length; index++) {
      if (ignored[index]!(buffer, start, end)) return handlers.unasked(isText, buffer, start, end);
    }
    readReply(handlers, this.#connection, isText, buffer, start, end);
  }

  close(): void {
    const { close } = this.#script;
    if (close !== undefined) this.#say(close);
  }
}
