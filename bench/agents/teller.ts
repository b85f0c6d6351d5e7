/** Tells the news of a work in their order. */

import type { Bus } from "./bus.ts";
import { encode, newsOf } from "./messages.ts";
import type { Tell } from "./work.ts";

/**
 * Makes what tells the news of a work at the subject of its session, one after the other, each until it has arrived. A
 * pulse is told once, in between: the next one comes soon.
 *
 * @param from instance of the agent
 */
export function tellerOf(bus: Bus, from: string, session: string, work: string): Tell {
  const subject = newsOf(session);
  let number = 0;
  let last: Promise<unknown> = Promise.resolve();
  return async (news) => {
    if (news.kind === "pulse") {
      // Its number says that it is not one of those that must arrive.
      bus.say(subject, encode({ from, work, number: PULSE, news }));
      return;
    }
    const content = encode({ from, work, number: ++number, news });
    // What did not arrive, as NATS was away, keeps nothing that comes later.
    last = last.catch(() => {}).then(() => bus.ask(subject, content));
    await last;
  };
}

/** The number of a pulse. */
export const PULSE = 0;
