/** Which module a line of a bundle came from: `deno bundle` names it in a comment before its first line. */

/** Finds the module of a line of a script, from 1; undefined if the script is no bundle, or cannot be read. */
export type ModuleOf = (script: string, line: number) => string | undefined;

/** Reads bundles as they are asked for, each once. */
export function moduleFinder(
  read: (path: string) => string = (path) => Deno.readTextFileSync(path),
): ModuleOf {
  const known = new Map<string, readonly (readonly [line: number, module: string])[]>();
  return (script, line) => {
    const path = script.replace(/^file:\/\//, "");
    if (!path.endsWith(".mjs") || !path.startsWith("/")) return undefined;
    let starts = known.get(path);
    if (starts === undefined) {
      try {
        starts = startsOf(read(path));
      } catch {
        starts = [];
      }
      known.set(path, starts);
    }
    return starts.findLast(([first]) => first <= line)?.[1];
  };
}

/** Reads them from the disk. */
export const readBundle: ModuleOf = moduleFinder();

function startsOf(text: string): [number, string][] {
  return text.split("\n").flatMap((line, index): [number, string][] => {
    const [, module] = /^\/\/ (\S+\.(?:[cm]?[jt]sx?|json|wasm))$/.exec(line) ?? [];
    return module === undefined ? [] : [[index + 1, module]];
  });
}
