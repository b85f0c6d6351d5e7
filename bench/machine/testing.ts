/** An operating system made of literal texts, for tests. */

import type { System } from "./system.ts";

/**
 * Makes a system that holds these files and nothing else; folders follow from the files' paths.
 *
 * @param files text by path
 * @param overrides what it does otherwise; without them it is Linux and has no programs
 */
export function fakeSystem(
  files: { readonly [path: string]: string },
  overrides: Partial<System> = {},
): System {
  return {
    platform: "linux",
    read: (path) => files[path] ?? null,
    link: (path) => files[path] ?? null,
    list: (path) => {
      const below = Object.keys(files).filter((file) => file.startsWith(`${path}/`));
      const names = below.map((file) => file.slice(path.length + 1).split("/")[0] ?? "");
      return names.length > 0 ? [...new Set(names)] : null;
    },
    run: () => null,
    ...overrides,
  };
}
