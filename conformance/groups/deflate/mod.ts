/** Messages that are compressed, however that is done, and those that only say so (RFC 7692 §6, §7.2; RFC 1951). */

import type { Group } from "../../types.ts";
import { blocks, bombs, invalid, sizes, valid } from "./contents.ts";
import { context, noContext } from "./context.ts";
import { bits, fragmented, mixed } from "./frames.ts";
import { broken, cutOff, lastBlocks } from "./streams.ts";

/** Compressed messages. */
export const deflate: Group = {
  id: "14",
  title: "Compressed messages",
  cases: [
    ...[...sizes, ...blocks, ...context, ...noContext, ...fragmented, ...mixed, ...bits, ...broken],
    ...[...cutOff, ...invalid, ...valid, ...bombs, ...lastBlocks],
  ],
};
