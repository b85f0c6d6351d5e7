/** The account of messages that nobody asked for: greetings, heartbeats, presence, what others say. */

import type { IntegrityLedger } from "../integrity.ts";
import type { Account, AccountKind, CountsOf } from "./account.ts";

/** What the server said of its own accord. */
export const UNASKED = {
  name: "unasked",
  about:
    "Messages of the server that answer none of the client's, in the whole trial; absent if there were none. They are in no figure.",
  counts: {
    messages: {
      title: "Unasked",
      about: "Messages of the server that nobody asked for, such as greetings and notifications.",
      together: "sum",
    },
  },
  histograms: {},
} as const satisfies AccountKind;

/** Reads what the ledger has found to be unasked. */
export class UnaskedAccount implements Account {
  readonly kind = UNASKED;
  readonly histograms = {};
  readonly #ledger: Pick<IntegrityLedger, "unasked">;

  constructor(ledger: Pick<IntegrityLedger, "unasked">) {
    this.#ledger = ledger;
  }

  counts(): CountsOf<typeof UNASKED> | undefined {
    const messages = this.#ledger.unasked;
    return messages === 0 ? undefined : { messages };
  }

  begin(): void {}

  end(): void {}
}
