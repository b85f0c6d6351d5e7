/** What cases of compressed messages are made of. */

import type { Answer, Block, Bytes, Frame, Judgement } from "../../types.ts";
import { allAnswered } from "../judgements.ts";

/** What a server does that fails a case of content. */
export const CHANGES = "changes what it is sent";
/** Who does not have the extension. */
export const DECLINED = { ending: { is: "declined" } } as const;
/** The extension. */
export const NAME = "permessage-deflate";

/** What the cases have in common. */
export const COMMON = {
  opening: { deflate: NAME, needsDeflate: true },
  section: "RFC 7692 §7.2.2",
} as const;

/** The same judgement for who has the extension. */
export const having = (judgement: Judgement): Judgement => ({
  ...judgement,
  lacks: [...judgement.lacks ?? [], DECLINED],
});

/** These come back. */
export const echoed = (...answers: readonly Answer[]): Judgement => allEchoed(answers);

/** As {@linkcode echoed}, for a list. */
export const allEchoed = (answers: readonly Answer[]): Judgement => having(allAnswered(answers));

/** RSV1. */
export const COMPRESSED = { rsv: 4 } as const;

/** A message that is compressed, in one frame. */
export const deflated = (opcode: 1 | 2, ...blocks: readonly Block[]): Frame => ({
  ...{ opcode, ...COMPRESSED },
  payload: { blocks },
});

/** A block in the fixed code. */
export const fixed = (content: Bytes): Block => ({ fixed: [content] });
/** A block without compression. */
export const stored = (content: Bytes): Block => ({ stored: content });

/** "Hello" in the fixed code (§7.2.3.1). */
export const HELLO = Uint8Array.of(0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00);
