/** Which versions of its packages wsmark runs with. */

import type { Fact } from "../../measure/model/result.ts";

const GROUP = "Packages";

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `npm:@scope/name@^1.2.3`: what it names, its name alone, and the version. */
const SPECIFIER = /^((?:npm|jsr):(@?[^@]+))(?:@(.*))?$/;

/**
 * Lists every direct dependency with the version that was resolved, in the order of the lock file.
 *
 * A dependency that a folder of the project replaces says so. One that nothing has imported
 * yet is not resolved, and its version is absent.
 *
 * @param lock the parsed text of a `deno.lock` of version 4 or 5
 */
export function packageVersions(lock: unknown): Fact[] {
  if (!isRecord(lock) || !isRecord(lock.specifiers)) {
    const value = { absent: "there is no lock file with specifiers" };
    return [{ group: GROUP, name: "Versions", value }];
  }
  const { specifiers, workspace } = lock;
  const { dependencies, links } = isRecord(workspace) ? workspace : {};
  const standIns = new Map(
    Object.keys(isRecord(links) ? links : {}).map((link) => SPECIFIER.exec(link) ?? [])
      .map(([, id, , version]) => [id, `${version}, a stand-in within wsmark`]),
  );
  const direct = Array.isArray(dependencies) ? dependencies : Object.keys(specifiers);
  return direct.flatMap((specifier) => {
    const [, id, name] = SPECIFIER.exec(String(specifier)) ?? [];
    if (name === undefined) return [];
    const resolved = specifiers[specifier];
    // What is resolved with its peers reads `8.21.3_bufferutil@4.0.9`.
    const value = typeof resolved === "string"
      ? resolved.replace(/_.*/, "")
      : standIns.get(id) ?? { absent: "the lock file does not resolve it" };
    return [{ group: GROUP, name, value }];
  });
}
