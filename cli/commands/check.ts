/** `check`, as help shows it. */

import type { Command } from "../command.ts";

export const command: Command = {
  options: [],
  notes:
    `DIR is the folder of a run that somebody may have sent. Its digests (proof.json) show whether it is whole and \
as it was written. They are no signature: whoever changes a result can make them anew. What the run may be quoted for \
follows from its rounds, its intervals and its warnings.`,
  exits: {
    done: "whole, unchanged, and of sound quality",
    failed: "changed, incomplete, without a proof, or not to be relied on",
    usage: "wrong usage, or there is no run",
  },
};
