/** Where wsmark keeps what it makes once for many runs. */

import { isAbsolute } from "node:path";

/**
 * A folder of this user's.
 *
 * @param name what is kept there
 * @returns its path; undefined where the environment names no place
 */
export function cacheFolder(name: string): string | undefined {
  const home = Deno.env.get("HOME");
  // A relative path is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
  const cache = [
    Deno.env.get("XDG_CACHE_HOME"),
    Deno.env.get("LOCALAPPDATA"),
    home && `${home}/.cache`,
  ]
    .find((path) => path && isAbsolute(path));
  return cache ? `${cache.replaceAll("\\", "/")}/wsmark/${name}` : undefined;
}
