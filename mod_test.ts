/** Holds the structure: which folder may import from which. */

import assert from "node:assert/strict";

/** Folders that the files of each folder may import from, beside their own. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "": ["cli", "runner", "servers", "clients", "scenarios", "studies", "load", "measure", "report"],
  cli: [
    "compat",
    "verify",
    "studies",
    "runner",
    "servers",
    "clients",
    "scenarios",
    "measure",
    "report",
  ],
  studies: ["runner", "scenarios", "measure"],
  runner: ["", "servers", "clients", "scenarios", "load", "wire", "measure", "probe"],
  faults: ["runner", "wire", "measure"],
  verify: ["runner", "servers", "scenarios", "measure"],
  servers: ["wire", "web"],
  web: ["measure"],
  // A client that is started as a program talks at the prompt, which it loads only then.
  clients: ["", "wire", "prompt"],
  // The prompt is a program of its own beside cli/: it reads its command line in the same way, and ends in a workbook.
  prompt: ["cli", "runner", "clients", "probe", "report", "measure"],
  scenarios: ["load", "measure"],
  load: ["measure"],
  wire: [],
  probe: ["measure"],
  measure: [],
  report: ["measure"],
  docs: ["measure"],
  compat: [],
  testing: ["clients", "runner", "servers"],
};

/** What a test may import beside what its folder may. */
const ALLOWED_IN_TESTS: Readonly<Record<string, readonly string[]>> = {
  faults: ["testing"],
  probe: ["testing"],
  clients: ["servers", "testing"],
  prompt: ["servers"],
  wire: ["servers", "testing"],
  servers: ["testing"],
  runner: ["testing"],
  cli: ["runner", "servers", "load", "measure", "testing", "wire"],
  docs: ["runner", "report"],
  studies: ["servers"],
  web: ["servers", "load", "wire", "measure", "testing"],
  report: ["testing"],
};

interface Graph {
  modules: {
    specifier: string;
    dependencies?: {
      specifier: string;
      code?: { specifier?: string };
      type?: { specifier?: string };
    }[];
  }[];
}

const root = new URL("./", import.meta.url).href;

function filesUnder(folder: URL): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    if (name.startsWith(".") || name === "results" || name === "node_modules") return [];
    const url = new URL(isDirectory ? `${name}/` : name, folder);
    if (isDirectory) return filesUnder(url);
    return name.endsWith(".ts") && !name.endsWith(".d.ts") ? [url.href] : [];
  });
}

const folderOf = (specifier: string): string => {
  const parts = specifier.slice(root.length).split("/");
  return parts.length === 1 ? "" : parts[0]!;
};

/** Every import of a file of the project by another: types count like code. */
async function readImports(): Promise<{ from: string; to: string }[]> {
  // One graph of all: asked file by file, Deno would take as long as all other checks here.
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const files = filesUnder(new URL(root));
    await Deno.writeTextFile(entry, files.map((file) => `import "${file}";\n`).join(""));
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", "--config", new URL("deno.json", root).pathname, entry],
      stdout: "piped",
      stderr: "null",
    }).output();
    const graph: Graph = JSON.parse(new TextDecoder().decode(stdout));
    return graph.modules.flatMap(({ specifier, dependencies = [] }) =>
      dependencies.flatMap(({ code, type }) => {
        const to = code?.specifier ?? type?.specifier;
        return specifier.startsWith(root) && to?.startsWith(root) ? [{ from: specifier, to }] : [];
      })
    );
  } finally {
    await Deno.remove(entry);
  }
}

let imports: ReturnType<typeof readImports> | undefined;

/** What {@linkcode readImports} returned at first. */
function localImports(): ReturnType<typeof readImports> {
  return imports ??= readImports();
}

const isTest = (specifier: string): boolean =>
  /(_test|_bench|\/testing|testdata|testing\/\w+|\/fuzz\w*)\.ts$/.test(specifier);

Deno.test("every folder imports only what it may", async () => {
  const imports = await localImports();
  assert.ok(imports.length > 100, "the graph was read");
  const wrong = imports.filter(({ from, to }) => {
    const [source, target] = [folderOf(from), folderOf(to)];
    if (source === target) return false;
    const allowed = ALLOWED[source] ?? [];
    const forTests = isTest(from) ? ALLOWED_IN_TESTS[source] ?? [] : [];
    return !allowed.includes(target) && !forTests.includes(target);
  });
  assert.deepEqual(
    wrong.map(({ from, to }) => `${from.slice(root.length)} -> ${to.slice(root.length)}`),
    [],
  );
});

Deno.test("no file but a test imports what is made for tests", async () => {
  const wrong = (await localImports()).filter(({ from, to }) => isTest(to) && !isTest(from));
  assert.deepEqual(
    wrong.map(({ from, to }) => `${from.slice(root.length)} -> ${to.slice(root.length)}`),
    [],
  );
});

Deno.test("measure/ is pure: no Deno, no timer, no I/O", async () => {
  for (const file of filesUnder(new URL("./measure/", root))) {
    if (isTest(file)) continue;
    const text = await Deno.readTextFile(new URL(file));
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    for (
      const word of [
        /\bDeno\./,
        /\bset(Timeout|Interval)\b/,
        /\bperformance\./,
        /\bfetch\(/,
        /\bDate\b/,
        /"node:/,
      ]
    ) {
      assert.ok(!word.test(code), `${file.slice(root.length)} uses ${word}`);
    }
  }
});

Deno.test("no test changes what all test files share, as they run in one process", async () => {
  for (const file of filesUnder(new URL(root)).filter(isTest)) {
    if (file === import.meta.url) continue;
    const text = await Deno.readTextFile(new URL(file));
    for (
      const what of [
        /Deno\.env\.(set|delete)\(/,
        /Deno\.(chdir|umask)\(/,
        /process\.(chdir|umask)\(/,
        /process\.env(\.\w+|\[[^\]]+\]) = /,
      ]
    ) {
      const where = `${file.slice(root.length)} uses ${what}`;
      assert.ok(!what.test(text), `${where}: give it to the child process that needs it`);
    }
  }
});
