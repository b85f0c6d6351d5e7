/** The account of compressed bytes. */

import { type Account, type AccountKind, type CountsOf, WindowAccount } from "./account.ts";

/** What messages took as compressed, inside the window. */
export const COMPRESSION = {
  name: "compression",
  about: "What messages took as compressed, inside the window; absent if nothing is compressed.",
  counts: {
    sentBytes: {
      title: "Compressed bytes sent",
      about: "Payload of the frames sent, as compressed, in bytes.",
      together: "sum",
    },
    replyBytes: {
      title: "Compressed bytes of replies",
      about: "Payload of the frames read, as the server compressed it, in bytes.",
      together: "sum",
    },
  },
  histograms: {},
} as const satisfies AccountKind;

/** Keeps the account of one trial. */
export class CompressionAccount extends WindowAccount implements Account {
  readonly kind = COMPRESSION;
  readonly histograms = {};
  #sentBytes = 0;
  #replyBytes = 0;

  override begin(nowMs: number): void {
    super.begin(nowMs);
    this.#sentBytes = this.#replyBytes = 0;
  }

  /** Notes how many bytes messages that are sent now take. */
  send(nowMs: number, bytes: number): void {
    if (this.inWindow(nowMs)) this.#sentBytes += bytes;
  }

  /** Notes how many bytes messages that were read now took. */
  receive(nowMs: number, bytes: number): void {
    if (this.inWindow(nowMs)) this.#replyBytes += bytes;
  }

  counts(): CountsOf<typeof COMPRESSION> {
    return { sentBytes: this.#sentBytes, replyBytes: this.#replyBytes };
  }
}
