/** Where wsmark keeps files that many runs share. */

import { isAbsolute } from "node:path";

/** The path of this user's folder with that name; undefined if the environment names no place. */
export function cacheFolder(name: string): string | undefined {
  const home = Deno.env.get("HOME");
  // A relative path must be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
  const places = [
    Deno.env.get("XDG_CACHE_HOME"),
    Deno.env.get("LOCALAPPDATA"),
    home && `${home}/.cache`,
  ];
  const cache = places.find((path) => path && isAbsolute(path));
  return cache ? `${cache.replaceAll("\\", "/")}/wsmark/${name}` : undefined;
}
