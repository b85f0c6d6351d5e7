/** Checks the structure: which folder may import from which, that no imports are circular, and how many files a folder has. */

import assert from "node:assert/strict";

/**
 * What the files of each folder may import from, in addition to their own. A subfolder that is not named here belongs to
 * the folder that it is in.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "": ["cli", "bench", "bench/api", "measure"],
  cli: [
    "compat",
    "checks",
    "bench",
    "protocols",
    "servers",
    "clients",
    "scenarios",
    "conformance",
    "measure",
    "report",
  ],
  checks: [
    "cli",
    "bench",
    "conformance",
    "protocols",
    "servers",
    "clients",
    "clients/wire",
    "scenarios",
    "measure",
    "report",
  ],
  bench: [
    "",
    "protocols",
    "servers",
    "clients",
    "clients/wire",
    "scenarios",
    "conformance",
    "measure",
  ],
  // What mod.ts offers once it knows that it was not only asked for help.
  "bench/api": [
    "bench",
    "protocols",
    "servers",
    "clients",
    "clients/wire",
    "scenarios",
    "measure",
    "report",
  ],
  servers: ["clients/wire", "servers/page"],
  "servers/page": ["measure"],
  // A client that is started as a program loads the prompt, and only then.
  clients: ["protocols", "clients/wire", "clients/prompt"],
  // A protocol knows nothing but what is said over a WebSocket.
  protocols: ["measure"],
  // The prompt is a separate program: it reads its command line as cli/ does, and writes a workbook.
  "clients/prompt": ["cli", "bench", "clients", "report", "measure"],
  "clients/wire": [],
  // A payload is a message that a protocol wraps.
  scenarios: ["bench", "protocols", "measure"],
  // Cases say only what is sent and what must come; its driver carries them over TCP.
  conformance: ["clients/wire", "measure"],
  measure: [],
  report: ["measure", "conformance"],
  docs: ["", "measure", "scenarios"],
  compat: [],
};

/** What a test may import in addition to what its folder may. */
const ALLOWED_IN_TESTS: Readonly<Record<string, readonly string[]>> = {
  bench: ["checks"],
  "bench/api": ["checks"],
  cli: ["clients/wire"],
  clients: ["servers", "checks"],
  "clients/prompt": ["servers"],
  "clients/wire": ["checks", "servers"],
  conformance: ["checks"],
  docs: ["bench", "cli", "conformance", "protocols", "report"],
  report: ["checks"],
  protocols: ["clients", "clients/wire", "servers", "checks"],
  scenarios: ["servers"],
  servers: ["checks", "protocols"],
  "servers/page": ["checks", "clients/wire", "protocols", "scenarios", "servers"],
};

/** The most modules that are loaded before help is shown: an empty program takes half of the time. */
const MOST_OF_HELP = 35;

/** The most files side by side: with more, nobody sees at a glance what a folder holds. */
const MOST_FILES = 32;

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

/** The longest of the folders in {@linkcode ALLOWED} that a file is in; a new top-level folder stands for itself. */
function folderOf(specifier: string): string {
  const parts = specifier.slice(root.length).split("/").slice(0, -1);
  for (let length = parts.length; length > 1; length--) {
    const folder = parts.slice(0, length).join("/");
    if (folder in ALLOWED) return folder;
  }
  return parts[0] ?? "";
}

/** What Deno knows of a file and all that it imports. */
async function graphOf(entry: string): Promise<Graph> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--config", new URL("deno.json", root).pathname, entry],
    stdout: "piped",
    stderr: "null",
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

/**
 * Everything that Deno loads with a file: imports in functions, too, if their specifiers are literals, but no types.
 *
 * @returns the imports that lead to each, from the file on
 */
async function loadedWith(file: string): Promise<Map<string, readonly string[]>> {
  const entry = new URL(file, root).href;
  const { modules } = await graphOf(entry);
  const importsOf = new Map(
    modules.map(({ specifier, dependencies }) => [specifier, dependencies]),
  );
  const chains = new Map<string, readonly string[]>([[entry, [file]]]);
  for (const [specifier, chain] of chains) {
    for (const { code } of importsOf.get(specifier) ?? []) {
      const to = code?.specifier;
      if (to === undefined || chains.has(to)) continue;
      chains.set(to, [...chain, to.startsWith(root) ? to.slice(root.length) : to]);
    }
  }
  return chains;
}

/** Every import of a file of the project by another: types count like code. */
async function readImports(): Promise<{ from: string; to: string }[]> {
  // One graph of all files: one per file would take as long as all other checks here.
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const files = filesUnder(new URL(root));
    await Deno.writeTextFile(entry, files.map((file) => `import "${file}";\n`).join(""));
    return (await graphOf(entry)).modules.flatMap(({ specifier, dependencies = [] }) =>
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

/** Of the checks only `verify` is a command of the product; the others are run from a clone, as tests are. */
const isTest = (specifier: string): boolean =>
  /(_test|_bench|\/testing|testdata|testing\/\w+)\.ts$|\/checks\/(?!verify\/)/.test(specifier);

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

Deno.test("no imports are circular, types included", async () => {
  const importsOf = Map.groupBy(await localImports(), ({ from }) => from);
  const done = new Set<string>();
  const path: string[] = [];

  function visit(file: string): string[] | undefined {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const { to } of importsOf.get(file) ?? []) {
      const circle = visit(to);
      if (circle !== undefined) return circle;
    }
    path.pop();
    done.add(file);
  }

  for (const file of importsOf.keys()) {
    const circle = visit(file)?.map((one) => one.slice(root.length)).join(" -> ");
    assert.equal(circle, undefined);
  }
});

Deno.test("no folder has more files than can be seen at a glance", () => {
  const folders = Map.groupBy(filesUnder(new URL(root)), (file) => new URL("./", file).href);
  const full = [...folders].filter(([, files]) => files.length > MOST_FILES)
    .map(([folder, files]) => `${folder.slice(root.length)}: ${files.length} files`);
  assert.deepEqual(full, []);
});

Deno.test("only tests import what is made for tests", async () => {
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

Deno.test("no test changes what all test files share, because they run in one process", async () => {
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

for (const program of ["cli/wsmark.ts", "mod.ts"]) {
  Deno.test(`help and version of ${program} load little: no package, nothing of Node, no formatter of Intl`, async () => {
    const loaded = await loadedWith(program);
    assert.ok(loaded.has(new URL("cli/commands/run.ts", root).href), "the graph was read");
    // Each of these takes as long as Deno itself takes to start.
    const heavy = [...loaded].filter(([specifier]) =>
      !specifier.startsWith(root) || /\bnew Intl\./.test(Deno.readTextFileSync(new URL(specifier)))
    );
    assert.deepEqual(heavy.map(([, chain]) => chain.join(" -> ")), []);
    const chains = [...loaded.values()].map((chain) => chain.join(" -> "));
    assert.ok(chains.length <= MOST_OF_HELP, `${chains.length} modules:\n${chains.join("\n")}`);
  });
}

Deno.test("a mistake in typing loads one package: it says what was meant", async () => {
  const loaded = [...(await loadedWith("cli/execute.ts")).keys()];
  assert.deepEqual(
    loaded.filter((specifier) => !specifier.startsWith(root)).map((specifier) =>
      /^npm:\/?([^@]+)/.exec(specifier)?.[1] ?? specifier
    ),
    ["leven"],
  );
});

Deno.test("mod.ts offers what bench/api/mod.ts does", async () => {
  const [offered, api]: Record<string, unknown>[] = await Promise.all([
    import("./mod.ts"),
    import("./bench/api/mod.ts"),
  ]);
  assert.deepEqual(Object.keys(offered!), Object.keys(api!));
  for (const [name, value] of Object.entries(api!)) {
    // A function of the API may be called by one with the same name, which says of which types it is.
    const isSame = offered![name] === value ||
      typeof value === "function" && typeof offered![name] === "function" &&
        /^[a-z]/.test(name);
    assert.ok(isSame, name);
  }
});

Deno.test("a generator loads no package and little of Node with itself, only what its client does", async () => {
  const loaded = await loadedWith("bench/generator/main.ts");
  assert.ok(loaded.size > 50, "the graph was read");
  // The others of Node take as long as Deno itself takes to start, in each trial.
  const light = ["node:buffer", "node:timers"];
  const heavy = [...loaded].filter(([specifier]) =>
    !specifier.startsWith(root) && !light.includes(specifier)
  );
  assert.deepEqual(heavy.map(([, chain]) => chain.join(" -> ")), []);
});
