/** Which files `deno task test` runs, in what order, and which of them as one module. */

import { dirname, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** What takes longest, the longest first, so that no processor waits for it in the end. */
const FIRST = [
  "servers/contract/transport_conformance_test.ts",
  "checks/brokers/brokers_test.ts",
  "servers/page/browser_test.ts",
  "servers/contract/conformance_test.ts",
  "conformance/groups/faults_test.ts",
  "cli/secrets_test.ts",
  "cli/main_test.ts",
  "checks/faults/faults_test.ts",
  "cli/actions/resume_test.ts",
  "cli/actions/agents_test.ts",
  "bench/agents/agents_test.ts",
];

/** What a file of tests has that starts a process, a server or a browser; and snapshots, which belong to a module. */
const ALONE = new RegExp([
  String.raw`\bDeno\.(?:Command|execPath|serve|listen|connect)\b`,
  String.raw`\b(?:start\w+|run\w*|wsmark\w*|testServer|\w*[bB]rowserTest)\(`,
  String.raw`\bDeno\.test\.(?:before|after)`,
  String.raw`\bassertSnapshot\b`,
].join("|"));

/** An example that Deno runs; in a comment it may have no word for its language. */
const EXAMPLE = /^```(?:[cm]?[jt]sx?|javascript|typescript)\b|^\s*\* ```/m;

/** Names of folders that have nothing of the project. */
const FOREIGN = new Set(["node_modules", "results"]);

/**
 * The paths of all tests, and of what has examples. For most files it takes longer to load what they test than to test
 * it, and the files of a folder test the same: those that start nothing are imported by one module.
 *
 * @param root the folder of the project
 * @param into where such modules are written
 */
export function suiteOf(root: string, into: string): string[] {
  const files = filesIn(root).map((path) => relative(root, path)).toSorted();
  const tests = files.filter((path) => path.endsWith("_test.ts"));
  const small = tests.filter((path) => !ALONE.test(Deno.readTextFileSync(join(root, path))));
  const groups = [...Map.groupBy(small, dirname)].filter(([, { length }]) => length > 1);
  const grouped = new Set(groups.flatMap(([, paths]) => paths));
  const alone = tests.filter((path) => !grouped.has(path));
  const first = FIRST.filter((path) => alone.includes(path));
  const others = alone.filter((path) => !first.includes(path));
  const modules = groups.map(([folder, paths]) => {
    // What is printed of its tests begins with the name.
    const module = join(into, `${folder.replaceAll(sep, "-")}_test.ts`);
    const urls = paths.map((path) => pathToFileURL(join(root, path)).href);
    Deno.writeTextFileSync(module, urls.map((url) => `import ${JSON.stringify(url)};\n`).join(""));
    return module;
  });
  const examples = files.filter((path) =>
    /(?:\.md|(?<!_test|\.d)\.ts)$/.test(path) &&
    EXAMPLE.test(Deno.readTextFileSync(join(root, path)))
  );
  return [...first, ...others, ...modules, ...examples];
}

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    if (name.startsWith(".") || FOREIGN.has(name)) return [];
    const path = join(folder, name);
    return isDirectory ? filesIn(path) : [path];
  });
}
