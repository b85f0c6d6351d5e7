/**
 * Which versions of its packages wsmark runs with.
 *
 * @module
 */

import type { Fact } from "../measure/result.ts";

const GROUP = "Packages";

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Takes `npm:@scope/name@^1.2.3` apart. */
function parseSpecifier(
  specifier: string,
): { registry: string; name: string; version: string } | null {
  const parts = /^(npm|jsr):(@?[^@]+)(?:@(.*))?$/.exec(specifier);
  return parts === null
    ? null
    : { registry: parts[1] ?? "", name: parts[2] ?? "", version: parts[3] ?? "" };
}

/**
 * Version out of what a specifier resolves to: `8.21.3`, or with its peers
 * `8.21.3_bufferutil@4.0.9`.
 */
function versionOf(resolved: unknown): string | null {
  return typeof resolved === "string" ? resolved.split("_")[0] ?? null : null;
}

/**
 * Lists every direct dependency with the version that was resolved, in the order of the lock file.
 *
 * A dependency that a folder of the project stands in for says so. One that nothing has imported
 * yet is not resolved, and its version absent.
 *
 * @param lock the parsed text of a `deno.lock` of version 4 or 5
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const lock = {
 *   version: "5",
 *   specifiers: { "npm:ws@^8.18.3": "8.21.3" },
 *   workspace: { dependencies: ["npm:ws@^8.18.3"] },
 * };
 * assert.deepEqual(packageVersions(lock), [{ group: "Packages", name: "ws", value: "8.21.3" }]);
 * ```
 */
export function packageVersions(lock: unknown): Fact[] {
  if (!isRecord(lock) || !isRecord(lock.specifiers)) {
    return [{
      group: GROUP,
      name: "Versions",
      value: { absent: "there is no lock file with specifiers" },
    }];
  }
  const { specifiers, workspace } = lock;
  const listed = isRecord(workspace) && Array.isArray(workspace.dependencies)
    ? workspace.dependencies
    : Object.keys(specifiers);
  const links = isRecord(workspace) && isRecord(workspace.links)
    ? Object.keys(workspace.links)
    : [];
  const linked = new Map(
    links.map((link) => parseSpecifier(link)).map((
      link,
    ) => [`${link?.registry}:${link?.name}`, link]),
  );
  return listed.filter((specifier) => typeof specifier === "string").flatMap((specifier) => {
    const parsed = parseSpecifier(specifier);
    if (parsed === null) return [];
    const link = linked.get(`${parsed.registry}:${parsed.name}`);
    const value = versionOf(specifiers[specifier]) ??
      (link
        ? `${link.version}, a stand-in within wsmark`
        : { absent: "the lock file does not resolve it" });
    return [{ group: GROUP, name: parsed.name, value }];
  });
}
