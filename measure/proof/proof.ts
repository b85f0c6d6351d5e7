/** What shows that a result is whole and unchanged: digests of its parts. */

import type { Result, Trial } from "../model/result.ts";
import { canonical, digestOf } from "./canonical.ts";

/** Version of the layout of {@linkcode Proof}. */
export const PROOF_VERSION = 1;

/** The parts of a result that have a digest each, by how they are called in messages. */
const PARTS = {
  settings: ({ settings }: Result): unknown => settings,
  machine: ({ machine, agents, serverAgent }: Result): unknown => [machine, agents, serverAgent],
  servers: ({ servers, reference, clients }: Result): unknown => [servers, reference, clients],
  scenarios: ({ scenarios }: Result): unknown => scenarios,
  rest: (
    { wsmark, startedAt, planned, leftOut, study, resumed, explanations }: Result,
  ): unknown => [wsmark, startedAt, planned, leftOut, study, resumed, explanations],
} as const;

/** The name of a part. */
export type Part = keyof typeof PARTS;

const PART_NAMES = Object.keys(PARTS) as Part[];

/** Digests of a result; each is SHA-256 of canonical JSON (RFC 8785), in hexadecimal digits. */
export interface Proof {
  readonly proofVersion: typeof PROOF_VERSION;
  /** Version of wsmark that made the result. */
  readonly wsmark: string;
  /** Of the parts of the result. */
  readonly parts: Readonly<Record<Part, string>>;
  /** Of each trial, by its number. */
  readonly trials: readonly { readonly trial: number; readonly sha256: string }[];
  /** What the measurement was worth, a sentence each. */
  readonly quality: readonly string[];
  /** Of all that is above. */
  readonly seal: string;
}

/**
 * Makes the proof of a result.
 *
 * @param quality what is said of the quality of the measurement, a sentence each
 */
export async function proofOf(result: Result, quality: readonly string[]): Promise<Proof> {
  const plain = plainOf(result);
  const parts = Object.fromEntries(
    await Promise.all(PART_NAMES.map(async (part) => [part, await digestOf(PARTS[part](plain))])),
  );
  const trials = await Promise.all(
    plain.trials.map(async (trial) => ({ trial: trial.trial, sha256: await digestOf(trial) })),
  );
  const open = { proofVersion: PROOF_VERSION, wsmark: result.wsmark, parts, trials, quality };
  return { ...open, seal: await digestOf(open) } as Proof;
}

/** A result as it is once it was written and read. */
function plainOf(result: Result): Result {
  return JSON.parse(JSON.stringify(result));
}

/** Whether a value that was read from a file is a proof. */
export function isProof(value: unknown): value is Proof {
  const { proofVersion, wsmark, parts, trials, quality, seal } = (value ?? {}) as Partial<Proof>;
  const isText = (one: unknown): boolean => typeof one === "string";
  return proofVersion === PROOF_VERSION && isText(wsmark) && isText(seal) &&
    typeof parts === "object" && parts !== null &&
    PART_NAMES.every((part) => isText(parts[part])) &&
    Array.isArray(quality) && quality.every(isText) && Array.isArray(trials) &&
    trials.every((one) => Number.isInteger(one?.trial) && isText(one?.sha256));
}

/**
 * How a result differs from what its proof says, a sentence each; empty if it does not.
 *
 * @param trials the trials of `trials.jsonl` beside it, if that is there
 */
export async function differencesFrom(
  proof: Proof,
  result: Result,
  trials?: readonly Trial[],
): Promise<string[]> {
  const { seal, ...open } = proof;
  const now = await proofOf(result, proof.quality);
  return [
    ...(await digestOf(open) === seal
      ? []
      : ["The proof itself was changed: its seal does not fit."]),
    ...(proof.wsmark === result.wsmark
      ? []
      : [`It was made by wsmark ${proof.wsmark}, and says that it is of ${result.wsmark}.`]),
    ...PART_NAMES.filter((part) => proof.parts[part] !== now.parts[part])
      .map((part) => `What it says of the ${part} was changed.`),
    ...trialDifferences(proof.trials, now.trials),
    ...(trials === undefined ? [] : lineDifferences(result.trials, trials)),
  ];
}

function trialDifferences(before: Proof["trials"], after: Proof["trials"]): string[] {
  const then = new Map(before.map(({ trial, sha256 }) => [trial, sha256]));
  const now = new Map(after.map(({ trial, sha256 }) => [trial, sha256]));
  const missing = [...then.keys()].filter((trial) => !now.has(trial));
  const added = [...now.keys()].filter((trial) => !then.has(trial));
  const changed = [...now].filter(([trial, sha256]) =>
    then.has(trial) && then.get(trial) !== sha256
  )
    .map(([trial]) => trial);
  const kept = (from: Proof["trials"], other: typeof now): number[] =>
    from.map(({ trial }) => trial).filter((trial) => other.has(trial));
  const isMoved = canonical(kept(before, now)) !== canonical(kept(after, then));
  const isTwice = after.length > now.size;
  return [
    ...(missing.length > 0 ? [`${named(missing)} removed.`] : []),
    ...(added.length > 0 ? [`${named(added)} added.`] : []),
    ...(changed.length > 0 ? [`${named(changed)} changed.`] : []),
    ...(isTwice ? ["A trial is there more than once."] : []),
    ...(isMoved ? ["The order of the trials was changed."] : []),
  ];
}

/** What the lines of `trials.jsonl` say otherwise than the result; some more of them are those of trials that ran again. */
function lineDifferences(trials: readonly Trial[], lines: readonly Trial[]): string[] {
  const written = new Map(lines.map((one) => [one.trial, canonical(one)]));
  const other = trials.filter((one) => written.get(one.trial) !== canonical(one))
    .map(({ trial }) => trial);
  return other.length === 0 ? [] : [`${named(other, "is", "are")} not as in trials.jsonl.`];
}

const MOST_NAMED = 10;

/** `Trials 3, 4 and 8 more were`. */
function named(trials: readonly number[], one: string = "was", several: string = "were"): string {
  if (trials.length === 1) return `Trial ${trials[0]} ${one}`;
  const more = trials.length - MOST_NAMED;
  return more > 0
    ? `Trials ${trials.slice(0, MOST_NAMED).join(", ")} and ${more} more ${several}`
    : `Trials ${trials.slice(0, -1).join(", ")} and ${trials.at(-1)} ${several}`;
}
