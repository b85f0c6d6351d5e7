/** What is said of one point of this machine. */

/** What `wsmark doctor` found of one point. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly name: string;
  /** Good; good with care; not possible; or not known, as the system does not say. */
  readonly state: "good" | "care" | "not" | "unknown";
  /** What is there, or is missing, as a sentence without its end. */
  readonly said: string;
  /** How it is mended, as a sentence without its end; absent if nothing has to be, or can be. */
  readonly remedy?: string;
  /** Set if a usual run does without it. */
  readonly isOptional?: true;
}

/** Whether a usual run can be made, and be relied on as far as the machine goes. */
export function isFit(findings: readonly Finding[]): boolean {
  return findings.every(({ state, isOptional }) => state !== "not" || isOptional === true);
}
