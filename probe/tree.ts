/**
 * A process and everything that it started.
 *
 * @module
 */

/**
 * Finds the processes below one, by their parents.
 *
 * @param root id of the process at the top
 * @param parents the parent of every process that runs, by process id
 * @returns the ids of the tree: `root`, then its children, then theirs
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(treeOf(7, new Map([[7, 1], [8, 7], [9, 1], [10, 8]])), [7, 8, 10]);
 * ```
 */
export function treeOf(root: number, parents: ReadonlyMap<number, number>): number[] {
  const children = Map.groupBy(parents, ([, parent]) => parent);
  const tree = [root];
  for (const pid of tree) {
    for (const [child] of children.get(pid) ?? []) {
      // Process 0 is its own parent on some systems.
      if (!tree.includes(child)) tree.push(child);
    }
  }
  return tree;
}
