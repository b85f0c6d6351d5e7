/** Response times of small and of large messages, by their connections. */

import { type Account, type AccountKind, WindowAccount } from "./account.ts";
import { Histogram } from "../histogram.ts";

/** Response times of small and of large messages. */
export const MESSAGE_CLASSES = {
  name: "messageClasses",
  about: "Response times of small and of large messages.",
  counts: {},
  histograms: {
    smallTime: {
      title: "Small messages",
      prefix: "small.",
      name: "Response time of small messages",
      question: "How long do the slowest small messages wait, counted from when they were due?",
    },
    largeTime: {
      title: "Large messages",
      prefix: "large.",
      name: "Response time of large messages",
      question: "How long do the slowest large messages wait, counted from when they were due?",
    },
  },
} as const satisfies AccountKind;

/** Records the response times of one trial. */
export class MessageClassAccount extends WindowAccount implements Account {
  readonly kind = MESSAGE_CLASSES;
  /** Of the messages that were due in the window. */
  readonly histograms = { smallTime: new Histogram(), largeTime: new Histogram() };
  readonly #firstLarge: number;

  /** @param firstLarge connections from this number on send large messages */
  constructor(firstLarge: number) {
    super();
    this.#firstLarge = firstLarge;
  }

  responded(connection: number, ns: number): void {
    const { smallTime, largeTime } = this.histograms;
    (connection < this.#firstLarge ? smallTime : largeTime).record(ns);
  }

  counts(): undefined {}
}
