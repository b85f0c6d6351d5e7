/** CPU profiles as the flame graphs of a page have them: trees whose functions are numbers of a list of names. */

import { type CpuProfile, KINDS } from "../../measure/explain/profile/profile.ts";
import { type Node, pruned, treeOf } from "../../measure/explain/profile/tree.ts";
import type { Absent } from "../../measure/model/result.ts";

/** The profiles of a run, or why one cannot be read, by the names of their files. */
export type Profiles = ReadonlyMap<string, CpuProfile | Absent>;

/** A profile with what it is called. */
export interface TitledProfile {
  /** What was profiled. */
  readonly title: string;
  /** What was asked of it: only profiles of the same are compared by default. */
  readonly group: string;
  readonly profile: CpuProfile;
}

/** Place in the list of names, share with what is called and own share in millionths, and what is called. */
export type Packed = [name: number, share: number, self: number, calls?: Packed[]];

/** What the script of the page reads. */
export interface FlameData {
  /** Name of a function, the number of its kind, and its file. */
  readonly names: readonly (readonly [name: string, kind: number, file?: string])[];
  readonly profiles: readonly {
    readonly title: string;
    readonly group: string;
    readonly by: string;
    readonly tree: Packed;
  }[];
}

/** What is smaller is not wide enough to be seen. */
const LEAST_SHARE = 0.0005;

/**
 * Packs profiles into what a page has room for.
 *
 * @param mostBytes that they may take as JSON: of more, the smallest parts are left out
 */
export function flameData(profiles: readonly TitledProfile[], mostBytes = 1_000_000): FlameData {
  for (let least = LEAST_SHARE;; least *= 2) {
    const data = packed(profiles, least);
    if (least > 0.1 || JSON.stringify(data).length <= mostBytes) return data;
  }
}

function packed(profiles: readonly TitledProfile[], least: number): FlameData {
  const names: [name: string, kind: number, file?: string][] = [];
  const places = new Map<string, number>();
  const pack = ({ frame: { name, kind, file }, share, self, calls }: Node): Packed => {
    const key = `${kind}\t${name}`;
    let place = places.get(key);
    if (place === undefined) {
      const number = KINDS.indexOf(kind);
      place = names.push(file === undefined ? [name, number] : [name, number, file]) - 1;
      places.set(key, place);
    }
    const figures = [place, Math.round(share * 1e6), Math.round(self * 1e6)] as const;
    return calls.length === 0 ? [...figures] : [...figures, calls.map(pack)];
  };
  return {
    profiles: profiles.map(({ title, group, profile }) => ({
      title,
      group,
      by: profile.by,
      tree: pack(pruned(treeOf(profile), least)),
    })),
    names,
  };
}
