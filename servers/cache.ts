/**
 * Where wsmark keeps what it makes once for many runs.
 *
 * @module
 */

/**
 * A folder of this user's.
 *
 * @param name what is kept there
 * @returns its path; undefined where the environment names no place
 */
export function cacheFolder(name: string): string | undefined {
  const home = Deno.env.get("HOME");
  const cache = Deno.env.get("XDG_CACHE_HOME") ?? Deno.env.get("LOCALAPPDATA") ??
    (home ? `${home}/.cache` : undefined);
  return cache ? `${cache.replaceAll("\\", "/")}/wsmark/${name}` : undefined;
}
