/** Names libraries with the versions that are running. */

import { readFileSync } from "node:fs";

/**
 * The version of a package whose package.json is not one of its exports.
 *
 * @param resolved what `import.meta.resolve()` says of it: the URL of one of its files, or of its folder
 */
export function versionOf(resolved: string): string {
  for (let folder = new URL(".", resolved);; folder = new URL("..", folder)) {
    // A folder within it may have one that says only how its files are to be read.
    const { version } = manifestIn(folder);
    if (version !== undefined) return version;
    if (folder.pathname === "/") throw new Error(`No package.json was found of ${resolved}`);
  }
}

function manifestIn(folder: URL): { readonly version?: string } {
  try {
    return JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
  } catch {
    return {};
  }
}
