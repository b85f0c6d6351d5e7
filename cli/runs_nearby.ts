/** Folders of runs that a user may have meant who named none, or one that is not there. */

import { PLAN_FILE, RESULT_FILE } from "../bench/folder/names.ts";

/** Where runs are written unless another folder is named. */
export const RESULTS = "results";

/** The folders of runs in a folder, the newest first; none if it cannot be read. */
export function runsIn(folder: string): string[] {
  const found: { path: string; ms: number }[] = [];
  for (const name of namesIn(folder)) {
    const path = `${folder}/${name}`;
    const ms = modifiedAt(`${path}/${PLAN_FILE}`) ?? modifiedAt(`${path}/${RESULT_FILE}`);
    if (ms !== undefined) found.push({ path, ms });
  }
  return found.sort((a, b) => b.ms - a.ms || (a.path < b.path ? 1 : -1)).map(({ path }) => path);
}

/**
 * What a message says of the folders that there are.
 *
 * @param count how many are asked for: two are named as old and new
 */
export function runsInWords(count: number = 1, folder: string = RESULTS): string {
  const newest = runsIn(folder).slice(0, count);
  if (newest.length === 0) return `there is none in ${folder}/ yet`;
  return `the newest ${newest.length === 1 ? "is" : "are"} ${newest.reverse().join(" and ")}`;
}

function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].filter(({ isDirectory }) => isDirectory)
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

function modifiedAt(path: string): number | undefined {
  try {
    return Deno.statSync(path).mtime?.getTime();
  } catch {
    return undefined;
  }
}
