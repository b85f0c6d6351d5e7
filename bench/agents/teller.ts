/** Tells the news of a work in their order, large ones in parts. */

import type { Bus } from "./bus.ts";
import { encodeNews, MOST_REPORT, newsOf } from "./messages.ts";
import type { Tell } from "./work.ts";

/** What a part has in addition to its bytes of a report, and what NATS itself adds, at most. */
const HEAD_BYTES = 8192;
/** A part is not larger than this, so that heartbeats get in between. */
const MOST_PART = 512 * 1024;

/**
 * Makes what tells the news of a work at the subject of its session, one after the other, each until it has arrived. A
 * pulse is told once, in between: the next one comes soon.
 *
 * @param from instance of the agent
 */
export function tellerOf(bus: Bus, from: string, session: string, work: string): Tell {
  const subject = newsOf(session);
  const most = Math.min(MOST_PART, bus.mostBytes - HEAD_BYTES);
  let number = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** What did not arrive, as NATS was away, keeps nothing that comes later. */
  async function inTurn(content: Uint8Array): Promise<void> {
    last = last.catch(() => {}).then(() => bus.ask(subject, content));
    await last;
  }

  return async (news, report) => {
    if (news.kind === "pulse") {
      // Its number says that it is not one of those that must arrive.
      bus.say(subject, encodeNews({ from, work, number: PULSE, news }));
      return;
    }
    if (news.kind !== "report" || report === undefined) {
      const content = encodeNews({ from, work, number: ++number, news });
      return await inTurn(content);
    }
    if (report.length > MOST_REPORT) {
      throw new RangeError(
        `Cannot send a report of ${report.length} bytes: ${MOST_REPORT} at most`,
      );
    }
    for (let at = 0; at < report.length; at += most) {
      const part = report.subarray(at, at + most);
      const isLast = at + most >= report.length;
      const content = encodeNews({ from, work, number: ++number, news: { ...news, isLast } }, part);
      await inTurn(content);
    }
  };
}

/** The number of a pulse. */
export const PULSE = 0;
