/**
 * Which cases of the Autobahn suite try what a case of wsmark's own suite does, by their numbers. Several of theirs may be
 * one of ours. What theirs send was seen on the wire; nothing of them is repeated here.
 */

import type { Verdict } from "../../conformance/types.ts";

/** Pairs of cases with the numbers of the first and the last one of a row: theirs, then ours. */
const ROWS: readonly (readonly [theirs: string, ours: string])[] = [
  ["1.1.1", "1.1.1"],
  ["1.1.2-5", "1.1.5-8"],
  ["1.1.6-7", "1.1.10-11"],
  ["1.1.8", "10.2.5"],
  ["1.2.1", "1.2.1"],
  ["1.2.2-5", "1.2.5-8"],
  ["1.2.6-7", "1.2.10-11"],
  ["2.1", "5.1.1"],
  ["2.2-3", "5.2.1-2"],
  ["2.4", "5.1.6"],
  ["2.5", "5.5.1"],
  ["2.6", "10.1.3"],
  ["2.7-8", "5.4.1-2"],
  ["2.9", "5.4.5"],
  ["2.10-11", "5.3.3-4"],
  ["3.1", "2.1.1"],
  ["3.2", "2.3.1"],
  ["3.3", "2.3.1"],
  ["3.4", "2.3.1"],
  ["3.5", "2.2.4"],
  ["3.6", "2.2.8"],
  ["3.7", "2.2.16"],
  ["4.1.1", "2.5.1"],
  ["4.1.2", "2.4.2"],
  ["4.1.3", "2.7.2"],
  ["4.1.4", "2.7.3"],
  ["4.1.5", "2.7.4"],
  ["4.2.1", "2.5.6"],
  ["4.2.2", "2.4.7"],
  ["4.2.3", "2.7.6"],
  ["4.2.4", "2.7.7"],
  ["4.2.5", "2.7.8"],
  ["5.1", "5.7.2"],
  ["5.2", "5.7.5"],
  ["5.3-4", "4.1.1-2"],
  ["5.5", "10.1.4"],
  ["5.6-7", "4.4.1-2"],
  ["5.8", "10.1.5"],
  ["5.9", "4.5.1"],
  ["5.10", "4.5.1"],
  ["5.11", "4.5.1"],
  ["5.12", "4.5.3"],
  ["5.13", "4.5.3"],
  ["5.14", "4.5.3"],
  ["5.15", "4.5.8"],
  ["5.16", "4.5.4"],
  ["5.17", "4.5.1"],
  ["5.18", "4.6.1"],
  ["5.19", "4.4.3"],
  ["5.20", "4.4.3"],
  ["6.1.1", "1.1.1"],
  ["6.1.2", "4.1.13"],
  ["6.1.3", "4.1.5"],
  ["6.2.1", "6.4.6"],
  ["6.2.2", "4.1.1"],
  ["6.2.3", "6.4.4"],
  ["6.2.4", "6.4.4"],
  ["6.3.1", "6.2.13"],
  ["6.4.1", "6.5.4"],
  ["6.4.2", "6.5.4"],
  ["6.4.3", "6.6.4"],
  ["6.4.4", "6.6.4"],
  ["6.5.1", "6.1.2"],
  ["6.5.2", "6.1.3"],
  ["6.5.3", "6.1.5"],
  ["6.5.4", "6.1.13"],
  ["6.5.5", "6.4.6"],
  ["6.6.1", "6.3.1"],
  ["6.6.3", "6.3.3"],
  ["6.6.4", "6.3.2"],
  ["6.6.6", "6.3.1"],
  ["6.6.8", "6.3.1"],
  ["6.6.10", "6.3.1"],
  ["6.7.1", "6.1.1"],
  ["6.7.2", "6.1.3"],
  ["6.7.3", "6.1.5"],
  ["6.7.4", "6.1.13"],
  ["6.8.1-2", "6.2.26-27"],
  ["6.9.1", "6.1.2"],
  ["6.9.2", "6.1.4"],
  ["6.9.3", "6.1.12"],
  ["6.9.4", "6.1.18"],
  ["6.10.1-3", "6.2.25-27"],
  ["6.11.1-2", "6.1.10-11"],
  ["6.11.3", "6.1.20"],
  ["6.11.4", "6.1.18"],
  ["6.11.5", "6.2.22"],
  ["6.12.1-3", "6.2.1-3"],
  ["6.13.1", "6.2.7"],
  ["6.13.2", "6.2.11"],
  ["6.14.6", "6.3.1"],
  ["6.14.7", "6.3.2"],
  ["6.16.1-2", "6.2.28-29"],
  ["6.17.1", "6.2.5"],
  ["6.17.2", "6.2.9"],
  ["6.17.3", "6.2.18"],
  ["6.17.4-5", "6.2.26-27"],
  ["6.18.1", "6.2.6"],
  ["6.18.2", "6.2.10"],
  ["6.18.3", "6.2.19"],
  ["6.18.4-5", "6.2.26-27"],
  ["6.19.1", "6.2.4"],
  ["6.19.2", "6.2.9"],
  ["6.19.3", "6.2.18"],
  ["6.19.4-5", "6.2.26-27"],
  ["6.20.1", "6.2.13"],
  ["6.20.4-5", "6.2.14-15"],
  ["6.20.7", "6.2.16"],
  ["6.21.1", "6.2.17"],
  ["6.22.2", "6.1.12"],
  ["7.1.1", "7.1.5"],
  ["7.1.2", "7.2.5"],
  ["7.1.3", "7.2.3"],
  ["7.1.4", "7.2.1"],
  ["7.1.5", "7.2.6"],
  ["7.3.1", "7.1.2"],
  ["7.3.2", "7.5.1"],
  ["7.3.3", "7.1.1"],
  ["7.3.4", "7.1.3"],
  ["7.3.5", "8.6.3"],
  ["7.3.6", "5.5.7"],
  ["7.5.1", "7.5.5"],
  ["7.7.1-9", "8.1.1-9"],
  ["7.7.10", "8.2.1"],
  ["7.7.11-12", "8.2.3-4"],
  ["7.7.13", "8.2.6"],
  ["7.9.1", "8.3.1"],
  ["7.9.2-5", "8.3.4-7"],
  ["7.9.6", "8.4.1"],
  ["7.9.7", "8.4.3"],
  ["7.9.8-9", "8.4.5-6"],
  ["7.13.1", "8.5.1"],
  ["7.13.2", "8.5.4"],
  ["9.1.1", "9.1.1"],
  ["9.1.2", "9.1.3"],
  ["9.1.3", "9.1.5"],
  ["9.1.4", "9.1.7"],
  ["9.1.5", "9.1.9"],
  ["9.1.6", "9.1.11"],
  ["9.2.1", "9.1.2"],
  ["9.2.2", "9.1.4"],
  ["9.2.3", "9.1.6"],
  ["9.2.4", "9.1.8"],
  ["9.2.5", "9.1.10"],
  ["9.2.6", "9.1.12"],
  ["9.3.1", "9.2.11"],
  ["9.3.6", "9.2.5"],
  ["9.4.1", "9.2.12"],
  ["9.4.6", "9.2.6"],
];

/** A case of the Autobahn suite, and the one of ours that tries the same. */
export interface Pair {
  readonly theirs: string;
  readonly ours: string;
}

/** All pairs. */
export const PAIRS: readonly Pair[] = ROWS.flatMap(([theirs, ours]) => {
  const [left, right] = [idsOf(theirs), idsOf(ours)];
  return left.map((id, index) => ({ theirs: id, ours: right[index]! }));
});

/** `1.1.2-5` as four ids. */
function idsOf(row: string): readonly string[] {
  const [, part = "", first = "", last = first] = /^(.*\.)(\d+)(?:-(\d+))?$/.exec(row)!;
  return Array.from(
    { length: Number(last) - Number(first) + 1 },
    (_, index) => `${part}${Number(first) + index}`,
  );
}

/** Why both judge the same behaviour differently. */
export interface Difference {
  readonly ours: Verdict;
  readonly theirs: Verdict;
  /** The cases of ours that it is about; absent if it is about all. */
  readonly cases?: RegExp;
  readonly reason: string;
}

/** The differences that are known, the first that fits counts. */
export const DIFFERENCES: readonly Difference[] = [
  {
    ours: "non-strict",
    theirs: "ok",
    cases: /^(?:[2356]|4\.[56]|7\.[35]|8\.[34])\./,
    reason:
      "The connection ends at once, or with another code. RFC 6455 §7.1.7 says that a close frame with the code SHOULD come before, which the Autobahn suite does not ask for.",
  },
  {
    ours: "ok",
    theirs: "informational",
    cases: /^8\.5\./,
    reason:
      "Codes above 4999 are in no class of RFC 6455 §7.4.2. Theirs judges nothing; ours says OK if the connection is closed as after any other wrong code.",
  },
  {
    ours: "non-strict",
    theirs: "failed",
    cases: /^7\.2\.6$/,
    reason:
      "A close frame is answered by one, as it must be, but with 1002. RFC 6455 §5.5.1 says which code an answer typically has, not which it must have: non-strict here, a wrong code there.",
  },
  {
    ours: "non-strict",
    theirs: "failed",
    cases: /^6\./,
    reason:
      "What is not UTF-8 ends the connection, as it must, but with 1002 and not with 1007, which says what is wrong. Which code goes before such an end is a SHOULD (RFC 6455 §7.1.7): non-strict here, a wrong code there.",
  },
  {
    ours: "unimplemented",
    theirs: "failed",
    cases: /^9\./,
    reason:
      "It has a limit and says so by closing, which RFC 6455 §10.4 allows: unimplemented here, failed there.",
  },
];
