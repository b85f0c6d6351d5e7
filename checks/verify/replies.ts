import type { CompletedTrial, IntegrityCounts } from "../../measure/model/result.ts";
import { wrongInWords, type WrongReplies } from "../../measure/record/wrong_replies.ts";
import { knownServer, type Truth } from "./servers.ts";
import type { Bench, Check, CheckFinding } from "./types.ts";
import { count } from "./words.ts";

/** Which messages of a connection are answered wrongly: those whose number is a multiple of this. */
export const EVERY = 100;

type Wrong = keyof WrongReplies;

/** What must be counted after so many messages on one connection. */
export const FAULTS: readonly {
  fault: keyof Truth;
  wrong: Wrong;
  among: (sent: number) => number;
}[] = [
  { fault: "drop", wrong: "lost", among: (sent) => Math.floor(sent / EVERY) },
  { fault: "duplicate", wrong: "duplicated", among: (sent) => Math.floor(sent / EVERY) },
  // A reply that is held back while no message follows comes late, but in its place.
  { fault: "reorder", wrong: "reordered", among: (sent) => Math.floor((sent - 1) / EVERY) },
  { fault: "corrupt", wrong: "corrupted", among: (sent) => Math.floor(sent / EVERY) },
];

function inWords(counts: Pick<IntegrityCounts, Wrong>): string {
  return wrongInWords([counts]) || "none wrong";
}

/** Whether a trial counted exactly what was wrong. */
export function finding(
  what: string,
  trial: CompletedTrial,
  truth: Pick<IntegrityCounts, Wrong>,
): CheckFinding {
  return {
    what: `${what}, ${count(trial.integrity.sent)} messages`,
    expected: inWords(truth),
    measured: inWords(trial.integrity),
    holds: FAULTS.every(({ wrong }) => trial.integrity[wrong] === truth[wrong]),
  };
}

/** Servers that lose, repeat, reorder and change replies. */
export const replies: Check = {
  id: "replies",
  title:
    `Wrong replies are counted exactly: every ${EVERY}th is dropped, repeated, swapped, changed`,
  async *run({ trial }: Bench): AsyncGenerator<CheckFinding> {
    const none = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };
    const request = { parameters: { connections: 1, inFlight: 4, size: 64 }, durationMs: 400 };
    const right = await trial({ server: knownServer("echo", "echo", {}), ...request });
    yield finding("plain echo", right, none);
    for (const { fault, wrong, among } of FAULTS) {
      const server = knownServer(fault, fault, { [fault]: EVERY });
      const done = await trial({ server, ...request });
      yield finding(fault, done, { ...none, [wrong]: among(done.integrity.sent) });
    }
  },
};
