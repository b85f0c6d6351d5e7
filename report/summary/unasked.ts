/** Messages that nobody asked for, such as greetings and heartbeats: no fault, and in no figure, but to be known. */

import type { CompletedTrial, Result } from "../../measure/model/result.ts";
import { placesOf } from "./names.ts";
import { formatNumber, oneLine } from "./text.ts";

/** What a server said of its own accord. */
export interface Unasked {
  /** As a sentence: `ws sent 300 messages that nobody asked for (3 of 9 trials of ws in Latency): they are in no figure.` */
  readonly sentence: string;
  /** Whether some trial had more of them than connections: more than a greeting on each. */
  readonly isMany: boolean;
}

/** What each server of a run said of its own accord, in the order of the result. */
export function unaskedOf(result: Result): Unasked[] {
  return result.servers.flatMap(({ id, title }) => {
    const own = result.trials.filter((trial): trial is Talkative =>
      trial.server === id && trial.state === "completed" && trial.unasked !== undefined
    );
    const messages = own.reduce((sum, { unasked }) => sum + unasked.messages, 0);
    if (messages === 0) return [];
    const what = messages === 1
      ? "one message that nobody asked for"
      : `${formatNumber(messages, 0)} messages that nobody asked for`;
    return [{
      sentence: `${oneLine(title)} sent ${what}${placesOf(result, own)}: ${
        messages === 1 ? "it is" : "they are"
      } in no figure.`,
      isMany: own.some(({ unasked, counts: { connections, handshakes } }) =>
        unasked.messages > connections + handshakes
      ),
    }];
  });
}

type Talkative = CompletedTrial & { readonly unasked: NonNullable<CompletedTrial["unasked"]> };
