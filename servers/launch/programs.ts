/**
 * Finds how to start a server: the runtimes on the PATH, and a form of the file that each can read. Nothing is looked up
 * before a command is asked for, and nothing twice.
 */

import { fileURLToPath } from "node:url";
import { noteOfBuild, placeOfBuild } from "./builds.ts";
import { bundle, type Bundled, type Outside } from "./bundle.ts";
import { type Interpreter, type InterpreterId, interpreters } from "./interpreters.ts";
import { type Language, type LanguageId, languages } from "./languages.ts";
import { denoRun } from "./deno_run.ts";
import { setupLine } from "./program_name.ts";
import { type Output, runProgram } from "./run_program.ts";
import { SET_UPS } from "./set_up.ts";
import { sourcesOf } from "./sources.ts";
import type { ByContract, Missing } from "../types.ts";

/** How to start a file of servers/, by what runs it. */
export interface Programs {
  /** Under the Deno that runs this. */
  deno(file: string): ByContract;
  /**
   * Under Node 18 or later, bundled: it knows neither the types nor deno.json.
   *
   * @param native packages with native code that it imports
   * @param versions the only versions of Node that this code is built for, without what follows the first point
   */
  node(file: string, native?: readonly string[], versions?: readonly number[]): ByContract;
  /** Under Bun as it is; for a file that imports no packages except those that Bun has itself. */
  bun(file: string): ByContract;
  /** Under Bun, bundled, for a file that imports others: Bun would fetch their newest versions. */
  bunBundled(file: string): ByContract;
  /**
   * Under the first Python that has some modules: that of the variable `WSMARK_PYTHON`, then that of
   * `deno task setup python`, then each `python3` and `python` of each folder on the PATH.
   *
   * @param name of the server: its file is `python/NAME_server.py`
   * @param modules what it imports in addition to the standard library
   * @param packages what pip calls them, if that is not the same
   */
  python(name: string, modules: readonly string[], packages?: readonly string[]): ByContract;
  /**
   * By an interpreter of the system.
   *
   * @param language that it is written in
   * @param file below the folder of the language
   * @param libraries that the system's packages bring, as the language calls them
   */
  script(language: InterpreterId, file: string, libraries: readonly string[]): ByContract;
  /**
   * As a program that `deno task setup LANGUAGE` has built.
   *
   * @param language that its sources are written in
   * @param name of the server: of its program, or of its class
   */
  built(language: LanguageId, name: string): ByContract;
}

/** What {@linkcode findPrograms} asks of this machine; tests give other answers. */
export interface Surroundings {
  /** Runs a program to its end; undefined if it cannot be started. */
  run(program: string, args: readonly string[]): Output | undefined;
  /** Whether this process may run a program, whether or not it exists. */
  mayRun(program: string): boolean;
  bundle(module: string, outside: Outside): Bundled | Missing;
  /** The folder that what the servers of a language need is built in; undefined if it is not. */
  findBuild(language: LanguageId): string | undefined;
  variable(name: string): string | undefined;
}

/** The oldest Node whose node:http and modules the servers can use. */
const OLDEST_NODE = 18;

/** Prints which of some modules a Python has, a line each; a package that fails to load has no modules. */
const WHICH_MODULES = `
import importlib.util, sys
def has(name):
    try:
        return importlib.util.find_spec(name) is not None
    except Exception:
        return False
print("\\n".join(filter(has, sys.argv[1:])))
`;

/** Finds how to start the servers' files, once. */
export function findPrograms(
  { run, mayRun, bundle, findBuild, variable }: Surroundings = here,
): Programs {
  const version = memoised((program: string) => run(program, ["--version"]));
  const bundled = memoised((module: string, by: "node" | "bun", ...native: string[]) =>
    bundle(module, by === "bun" ? { provided: BUN_HAS } : { native })
  );
  const buildOf = memoised((language: LanguageId) => findBuild(language));
  const hasLibraries = memoised((language: InterpreterId, ...libraries: string[]) =>
    run(language, interpreters[language].check(libraries))?.success === true
  );
  const wanted = new Set<string>();
  const modulesOf = memoised((_python: string) => ({
    asked: new Set<string>(),
    found: new Set<string>(),
  }));

  function unchecked(program: string): Missing | undefined {
    return mayRun(program) ? undefined : {
      missing: `no permission to run ${program} (--allow-run)`,
      isUnchecked: true,
    };
  }

  function nodeMissing(versions?: readonly number[]): Missing | undefined {
    const said = version("node")?.stdout.trim() ?? "";
    const [, major] = said.match(/^v(\d+)\./) ?? [];
    // Deno answers instead of a Node that is not there.
    if (major === undefined) {
      return { missing: `no node on the PATH: install Node ${OLDEST_NODE} or later` };
    }
    if (Number(major) < OLDEST_NODE) {
      return {
        missing:
          `the node on the PATH is too old: install ${OLDEST_NODE} or later, received ${said}`,
      };
    }
    return versions?.includes(Number(major)) === false
      ? {
        missing: `native code for other versions than that of the node on the PATH: install ` +
          `${versions.join(", ").replace(/, (?=\d+$)/, " or ")}, received ${said}`,
      }
      : undefined;
  }

  function bunMissing(): Missing | undefined {
    return version("bun")?.success
      ? undefined
      : { missing: "no bun on the PATH: npm install --global bun" };
  }

  function onBun(file: () => Bundled | Missing): ByContract {
    return byContract(
      ["bun", "on Bun"],
      () => unchecked("bun") ?? bunMissing(),
      () => commandFor(["bun", "--no-install"], file()),
    );
  }

  /** All modules that any server needs are looked for at once: a Python takes its time to start. */
  function hasModules(python: string, modules: readonly string[]): boolean {
    const { asked, found } = modulesOf(python);
    if (!modules.every((name) => asked.has(name))) {
      const unknown = [...wanted].filter((name) => !asked.has(name));
      unknown.forEach((name) => asked.add(name));
      const output = run(python, ["-c", WHICH_MODULES, ...unknown]);
      if (output?.success) output.stdout.split(/\s+/).forEach((name) => found.add(name));
    }
    return modules.every((name) => found.has(name));
  }

  return {
    // Run and not imported: a server's library must not load if only the list is wanted.
    deno: (file) => ({
      by: "contract",
      runtime: "deno",
      ...SET_UPS["deno"],
      command: () => denoRun(moduleOf(file)),
    }),
    node: (file, native = [], versions) =>
      byContract(
        ["node", "on Node"],
        () => unchecked("node") ?? nodeMissing(versions),
        // What native packages need is where the links are, not where Deno keeps them.
        () =>
          commandFor(
            native.length === 0 ? ["node"] : ["node", "--preserve-symlinks"],
            // deno-lint-ignore wsmark/no-spread-arguments -- a few names
            bundled(moduleOf(file), "node", ...native),
          ),
      ),
    // A bundle comes from where Deno can read it; Bun reads only files.
    bun: (file) =>
      onBun(() => {
        const module = moduleOf(file);
        return module.startsWith("file:")
          ? { path: fileURLToPath(module) }
          : bundled(module, "bun");
      }),
    bunBundled: (file) => onBun(() => bundled(moduleOf(file), "bun")),
    python(name, modules, packages = modules) {
      modules.forEach((name) => wanted.add(name));
      const names = modules.join(" ");
      const find = (): string | undefined =>
        pythons(variable, buildOf("python")).find((candidate) => hasModules(candidate, modules));
      const missing = {
        missing: `no Python with the module${modules.length === 1 ? "" : "s"} ${names}: ` +
          `${setupLine("python")}, or python3 -m pip install ${packages.join(" ")}`,
      };
      return {
        ...byContract(
          ["python", "in Python"],
          () => unchecked("python3") ?? (find() === undefined ? missing : undefined),
          () => commandFor([find()!], pathOf("python", `${name}_server.py`)),
        ),
        language: "python",
      };
    },
    script(language, file, libraries) {
      const { title }: Interpreter = interpreters[language];
      const missing = {
        missing: `no ${title} with ${libraries.join(" and ")}: ${setupLine("debian")}`,
      };
      return byContract(
        [language, `in ${title}`],
        // deno-lint-ignore wsmark/no-spread-arguments -- a few names
        () => unchecked(language) ?? (hasLibraries(language, ...libraries) ? undefined : missing),
        () => commandFor([language], pathOf(language, file)),
      );
    },
    built(language, name) {
      const { title, runs, start }: Language = languages[language];
      const notBuilt = {
        missing: `no build of the servers in ${title}: ${setupLine(language)}`,
      };
      const runtimeMissing = (): Missing | undefined => {
        if (runs === undefined) return undefined;
        const { program, from } = runs;
        return unchecked(program) ??
          (version(program)?.success
            ? undefined
            : { missing: `no ${program} on the PATH: install ${from}` });
      };
      return {
        ...byContract(
          [language, `in ${title}`],
          () => buildOf(language) === undefined ? notBuilt : runtimeMissing(),
          () => start(buildOf(language)!, name),
        ),
        language,
      };
    },
  };
}

/** Packages that Bun replaces with its own implementation, which is what its users get. */
const BUN_HAS: readonly string[] = ["ws"];

const here: Surroundings = {
  run: (program, args) => runProgram(program, args),
  mayRun: (command) => Deno.permissions.querySync({ name: "run", command }).state === "granted",
  bundle,
  findBuild(language) {
    const place = placeOfBuild(language);
    return place && noteOfBuild(place) && place.out;
  },
  variable: (name) => Deno.env.get(name),
};

/**
 * The Pythons that there may be, the first choice first: one may lack modules that another one has.
 *
 * @param variable reads a variable of the environment
 * @param built the folder of the virtual environment; undefined if there is none
 */
export function pythons(
  variable: (name: string) => string | undefined,
  built: string | undefined,
): string[] {
  const folders = variable("PATH")?.split(Deno.build.os === "windows" ? ";" : ":") ?? [];
  const onPath = folders.filter((folder) => folder !== "")
    .flatMap((folder) => [`${folder}/python3`, `${folder}/python`]);
  const named = variable("WSMARK_PYTHON") ?? "";
  const own = built === undefined ? [] : languages.python.start(built);
  return [...new Set([named, ...own, ...onPath])].filter((path) => path !== "");
}

function byContract(
  [runtime, platform]: readonly [id: string, phrase: string],
  missing: NonNullable<ByContract["missing"]>,
  command: ByContract["command"],
): ByContract {
  return {
    by: "contract",
    runtime,
    ...SET_UPS[runtime],
    platform,
    missing,
    command: () => missing() ?? command(),
  };
}

function commandFor(
  start: readonly string[],
  file: Bundled | Missing,
): readonly string[] | Missing {
  return "missing" in file ? file : [...start, file.path];
}

function moduleOf(file: string): string {
  return import.meta.resolve(`../${file}`);
}

/** Interpreters can only run files. */
function pathOf(folder: string, file: string): Bundled | Missing {
  const sources = sourcesOf(folder);
  return "missing" in sources ? sources : { path: `${sources.path}/${file}` };
}

/** Remembers what a function of texts returned. */
function memoised<A extends readonly string[], R>(compute: (...args: A) => R): (...args: A) => R {
  const known = new Map<string, R>();
  return (...args) => {
    const key = args.join("\n");
    // deno-lint-ignore wsmark/no-spread-arguments -- as it was called itself
    if (!known.has(key)) known.set(key, compute(...args));
    return known.get(key) as R;
  };
}
