/** What messages can be made of, as words. It imports nothing, as options are made of it. */

/** What messages can be made of. */
export const PAYLOAD_KINDS = ["text", "binary", "random", "documents"] as const;

/** One of them. */
export type PayloadKind = typeof PAYLOAD_KINDS[number];
