/** Flame graphs: stacks as a tree, and what is different in two of them. */

import { type CpuProfile, type Frame, type Kind, total } from "./profile.ts";

/** A function as called from one place. */
export interface Node {
  /** Name of the function, with its file. */
  readonly frame: Frame;
  /** Its share of all CPU time, with what it called: 0 to 1. */
  share: number;
  /** Its own share, without what it called. */
  self: number;
  /** What it called, the heaviest first. */
  calls: Node[];
}

/** All functions of a profile, below one that stands for all. */
export function treeOf({ stacks }: CpuProfile): Node {
  const root: Node = { frame: { name: "all", kind: "user" }, share: 0, self: 0, calls: [] };
  const all = total(stacks);
  if (all === 0) return root;
  const below = new Map<Node, Map<string, Node>>();
  for (const { frames, us } of stacks) {
    const share = us / all;
    root.share += share;
    let node = root;
    for (const frame of frames) {
      const calls = below.get(node) ?? new Map<string, Node>();
      below.set(node, calls);
      // Lines move from one version to the next, functions do not.
      const key = `${frame.kind}\t${frame.name}`;
      let next = calls.get(key);
      if (next === undefined) {
        next = { frame, share: 0, self: 0, calls: [] };
        calls.set(key, next);
        node.calls.push(next);
      }
      next.share += share;
      node = next;
    }
    node.self += share;
  }
  const sort = (node: Node): void => {
    node.calls.sort((one, other) => other.share - one.share);
    node.calls.forEach(sort);
  };
  sort(root);
  return root;
}

/** A tree without what has a smaller share; what is missing below a function is then its own share no longer. */
export function pruned(node: Node, least: number): Node {
  return {
    ...node,
    calls: node.calls.filter(({ share }) => share >= least).map((one) => pruned(one, least)),
  };
}

/** A function in two profiles. */
export interface Change {
  /** Name of the function. */
  readonly name: string;
  /** Whose code it is. */
  readonly kind: Kind;
  /** Its own share of the CPU time in the one profile, and in the other. */
  readonly shares: readonly [before: number, after: number];
}

/** Own shares of all functions in two profiles, the largest difference first. */
export function changesOf(before: CpuProfile, after: CpuProfile): Change[] {
  const [one, other] = [ownShares(before), ownShares(after)];
  return [...new Set([...one.keys(), ...other.keys()])]
    .map((key): Change => {
      const [kind, name] = key.split("\t") as [Kind, string];
      return { name, kind, shares: [one.get(key) ?? 0, other.get(key) ?? 0] };
    })
    .sort((a, b) => Math.abs(b.shares[1] - b.shares[0]) - Math.abs(a.shares[1] - a.shares[0]));
}

/** A function and its own share of the CPU time. */
export interface Own {
  /** Name of the function. */
  readonly name: string;
  /** Whose code it is. */
  readonly kind: Kind;
  /** Its own share: 0 to 1. */
  readonly share: number;
}

/** The functions with the largest shares of their own. */
export function heaviest(profile: CpuProfile, most: number): Own[] {
  return [...ownShares(profile)]
    .map(([key, share]): Own => {
      const [kind, name] = key.split("\t") as [Kind, string];
      return { name, kind, share };
    })
    .sort((one, other) => other.share - one.share)
    .slice(0, most);
}

function ownShares({ stacks }: CpuProfile): Map<string, number> {
  const all = total(stacks);
  const shares = new Map<string, number>();
  for (const { frames, us } of stacks) {
    const { kind, name } = frames.at(-1)!;
    const key = `${kind}\t${name}`;
    shares.set(key, (shares.get(key) ?? 0) + us / all);
  }
  return shares;
}
