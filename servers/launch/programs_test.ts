import { deepEqual, equal, match, ok } from "node:assert/strict";
import { findPrograms, type Programs, type Surroundings } from "./programs.ts";
import { dirname } from "node:path";
import type { Output } from "./run_program.ts";
import type { ByContract } from "../types.ts";

/** Programs of a machine that has the given things; every look-up is noted. */
function machine(
  {
    programs = {},
    pythons = {},
    variables = {},
    mayRun = true,
    bundle = (module) => ({ path: `/bundles/${module.replace(/.*\//, "")}` }),
    isBuilt = false,
  }: {
    /** What each prints with `--version`. */
    programs?: Record<string, string>;
    /** The modules of each Python. */
    pythons?: Record<string, readonly string[]>;
    /** By default the PATH has two folders. */
    variables?: Record<string, string>;
    mayRun?: boolean;
    bundle?: Surroundings["bundle"];
    /** Whether what `deno task setup LANGUAGE` builds is there. */
    isBuilt?: boolean;
  },
): Programs & { readonly asked: string[] } {
  const asked: string[] = [];
  const said = (stdout: string): Output => ({ success: true, stdout, stderr: "" });
  const found = findPrograms({
    run(program, [option, , ...names]) {
      if (option === "--version") {
        asked.push(program);
        return programs[program] === undefined ? undefined : said(`${programs[program]}\n`);
      }
      asked.push(`${program} ${names.join(" ")}`);
      const modules = pythons[program];
      return modules && said(`${names.filter((name) => modules.includes(name)).join("\n")}\n`);
    },
    mayRun: () => mayRun,
    bundle(module, outside) {
      const { provided = [], native = [] } = outside;
      asked.push(["bundle", ...provided, ...native].join(" "));
      return bundle(module, outside);
    },
    findBuild(language) {
      asked.push(`build of ${language}`);
      return isBuilt ? `/builds/${language}` : undefined;
    },
    variable: (name) => ({ PATH: "/a::/b", ...variables })[name],
  });
  return { ...found, asked };
}

function missing(launch: ByContract): string {
  const command = launch.command();
  ok("missing" in command, `${command} was found`);
  match(command.missing, /^[^\n]+$/, "it is one line");
  return command.missing;
}

const here = dirname(import.meta.dirname!);

Deno.test("findPrograms() looks nothing up before a command is asked for, and nothing twice", () => {
  const { node, python, asked } = machine({ programs: { node: "v22.1.0" }, pythons: {} });
  const launches = [node("ws.ts"), node("ws.ts"), node("faye.ts"), python("a", ["a"])];
  deepEqual(asked, []);
  for (const launch of [...launches, ...launches]) launch.command();
  const pythons = ["/a/python3 a", "/a/python a", "/b/python3 a", "/b/python a"];
  deepEqual(asked, ["node", "bundle", "bundle", "build of python", ...pythons]);
});

Deno.test("deno() runs the file itself", () => {
  const { deno, asked } = machine({});
  deepEqual(deno("ws.ts").command(), [
    Deno.execPath(),
    ...["run", "--quiet", "--allow-all", import.meta.resolve("../ws.ts")],
  ]);
  deepEqual(asked, []);
});

Deno.test("node() runs the bundle of the file", () => {
  const { node } = machine({ programs: { node: "v18.0.0" } });
  deepEqual(node("ws.ts").command(), ["node", "/bundles/ws.ts"]);
});

Deno.test("node() leaves native packages to links, and has Node look for what they need there", () => {
  const { node, asked } = machine({ programs: { node: "v22.1.0" } });
  deepEqual(node("a.ts", ["b", "c"]).command(), [
    "node",
    "--preserve-symlinks",
    "/bundles/a.ts",
  ]);
  deepEqual(asked, ["node", "bundle b c"]);
});

Deno.test("node() refuses a version that native code is not built for, and names those that it is", () => {
  const on = (version: string): ByContract =>
    machine({ programs: { node: version } }).node("a.ts", ["b"], [20, 22, 24]);
  equal(
    missing(on("v23.1.0")),
    "native code for other versions than that of the node on the PATH: install 20, 22 or 24, received v23.1.0",
  );
  ok(!("missing" in on("v22.1.0").command()));
});

Deno.test("node() says that there is none, though Deno may answer instead", () => {
  for (const programs of [{}, { node: "deno 2.9.6 (stable)\nv8 15.0.245.2" }]) {
    equal(
      missing(machine({ programs }).node("ws.ts")),
      "no node on the PATH: install Node 18 or later",
    );
  }
});

for (const version of ["v16.20.2", "v0.12.0"]) {
  Deno.test(`node() refuses ${version}, which it names`, () => {
    const reason = missing(machine({ programs: { node: version } }).node("ws.ts"));
    equal(
      reason,
      `the node on the PATH is too old: install 18 or later, received ${version}`,
    );
  });
}

Deno.test("node() passes on why there is no bundle", () => {
  const { node } = machine({
    programs: { node: "v22.1.0" },
    bundle: () => ({ missing: "deno bundle failed: no network" }),
  });
  equal(missing(node("ws.ts")), "deno bundle failed: no network");
});

Deno.test("bun() runs the file itself, and fetches nothing", () => {
  const { bun } = machine({ programs: { bun: "1.4.5" } });
  deepEqual(bun("bun.ts").command(), ["bun", "--no-install", `${here}/bun.ts`]);
});

Deno.test("bunBundled() runs a bundle that leaves ws to Bun", () => {
  const { bunBundled, asked } = machine({ programs: { bun: "1.4.5" } });
  deepEqual(bunBundled("faye.ts").command(), ["bun", "--no-install", "/bundles/faye.ts"]);
  deepEqual(asked, ["bun", "bundle ws"]);
});

Deno.test("bun() and bunBundled() say that there is none", () => {
  const { bun, bunBundled } = machine({});
  for (const launch of [bun("bun.ts"), bunBundled("faye.ts")]) {
    equal(missing(launch), "no bun on the PATH: npm install --global bun");
  }
});

Deno.test("python() takes the first on the PATH that has all the modules", () => {
  const { python } = machine({
    pythons: { "/a/python": ["tornado"], "/b/python3": ["tornado", "fastapi", "uvicorn"] },
  });
  deepEqual(python("a", ["tornado"]).command(), ["/a/python", `${here}/python/a_server.py`]);
  deepEqual(python("b", ["fastapi", "uvicorn"]).command(), [
    "/b/python3",
    `${here}/python/b_server.py`,
  ]);
});

Deno.test("python() asks each candidate once for the modules of all servers", () => {
  const { python, asked } = machine({ pythons: { "/a/python3": [], "/a/python": ["a", "b"] } });
  const launches = [python("a", ["a"]), python("b", ["a", "b"])];
  for (const launch of launches) launch.command();
  deepEqual(asked, ["build of python", "/a/python3 a b", "/a/python a b"]);
  python("c", ["c"]).command();
  deepEqual(asked.slice(3), [
    ...["/a/python3 c", "/a/python c"],
    ...["/b/python3 a b c", "/b/python a b c"],
  ]);
});

Deno.test("python() prefers that of WSMARK_PYTHON, then what setup has built, then the PATH", () => {
  const own = "/builds/python/bin/python";
  const pythons = { "/a/python3": ["a", "b", "c"], [own]: ["a", "b"], "/opt/python": ["a"] };
  const { python } = machine({
    pythons,
    variables: { WSMARK_PYTHON: "/opt/python" },
    isBuilt: true,
  });
  const [a, b, c] = ["a", "b", "c"].map((name) => python(name, [name]));
  deepEqual([a, b, c].map((launch) => (launch!.command() as string[])[0]), [
    "/opt/python",
    own,
    "/a/python3",
  ]);
  equal(a!.language, "python");
});

Deno.test("python() looks nowhere else but on the PATH", () => {
  for (const PATH of ["", "/none"]) {
    const { python, asked } = machine({ variables: { PATH } });
    missing(python("a", ["a"]));
    deepEqual(asked.slice(1), PATH === "" ? [] : ["/none/python3 a", "/none/python a"]);
  }
});

Deno.test("python() says which modules no Python has", () => {
  const { python } = machine({ pythons: { "/a/python3": ["uvicorn"] } });
  equal(
    missing(python("a", ["tornado"])),
    "no Python with the module tornado: deno task setup python, " +
      "or python3 -m pip install tornado",
  );
  match(
    missing(python("b", ["fastapi", "uvicorn"])),
    /^no Python with the modules fastapi uvicorn: .* pip install fastapi uvicorn$/,
  );
});

Deno.test("python() reads what a real Python says of its modules", () => {
  const { python } = findPrograms();
  match(
    missing(python("a", ["no_such_module_here", "no_such_package.module"])),
    /^no Python with the modules no_such_module_here no_such_package\.module: /,
  );
  const command = python("b", ["json"]).command();
  if ("missing" in command) match(command.missing, /^no Python with the module json/);
  else equal(command[1], `${here}/python/b_server.py`);
});

Deno.test("script() runs a file with an interpreter that has its libraries", () => {
  const says = (success: boolean) => {
    const asked: string[][] = [];
    const run: Surroundings["run"] = (program, args) => {
      asked.push([program, ...args.slice(2)]);
      return { success, stdout: "", stderr: "" };
    };
    const nothing: Surroundings = {
      run,
      mayRun: () => true,
      bundle: () => ({ missing: "" }),
      findBuild: () => undefined,
      variable: () => undefined,
    };
    return { ...findPrograms(nothing), asked };
  };
  const { script, asked } = says(true);
  const launch = script("ruby", "faye.rb", ["thin", "faye/websocket"]);
  deepEqual(asked, []);
  for (let times = 0; times < 2; times++) {
    deepEqual(launch.command(), ["ruby", `${here}/ruby/faye.rb`]);
  }
  deepEqual(asked, [["ruby", "thin", "faye/websocket"]]);
  equal(
    missing(says(false).script("perl", "mojolicious.pl", ["Mojolicious"])),
    "no Perl with Mojolicious: deno task setup debian",
  );
});

Deno.test("script() asks real interpreters for libraries", () => {
  const { script } = findPrograms();
  for (const language of ["ruby", "perl"] as const) {
    match(
      missing(script(language, "a", ["no_such_library"])),
      /^no (Ruby|Perl) with no_such_library: /,
    );
  }
});

Deno.test("built() runs the program that was built, and looks for the build of a language once", () => {
  const { built, asked } = machine({ isBuilt: true });
  const launches = [built("go", "gws"), built("go", "coder")];
  deepEqual(asked, []);
  deepEqual(launches.map((one) => one.command()), [["/builds/go/gws"], ["/builds/go/coder"]]);
  deepEqual(asked, ["build of go"]);
  deepEqual(launches.map(({ language }) => language), ["go", "go"]);
});

Deno.test("built() looks for what runs a build, if that is no program itself", () => {
  const launch = (programs: Record<string, string>) =>
    machine({ isBuilt: true, programs }).built("java", "NettyServer");
  deepEqual(launch({ java: "openjdk 17" }).command(), [
    "java",
    ...["-cp", "/builds/java/*", "wsmark.NettyServer"],
  ]);
  equal(missing(launch({})), "no java on the PATH: install Java 17 or later");
});

Deno.test("built() says what builds it, whatever may be run", () => {
  for (const mayRun of [true, false]) {
    equal(
      missing(machine({ mayRun }).built("go", "gws")),
      "no build of the servers in Go: deno task setup go",
    );
  }
});

Deno.test("findPrograms() does not call missing what it may not look for", () => {
  const { node, bun, bunBundled, python, deno, asked } = machine({ mayRun: false });
  for (const launch of [node("a.ts"), bun("a.ts"), bunBundled("a.ts"), python("a", ["a"])]) {
    const found = launch.missing!();
    match(found!.missing, /^no permission to run \w+ \(--allow-run\)$/);
    equal(found!.isUnchecked, true);
    deepEqual(launch.command(), found);
  }
  equal(deno("a.ts").missing, undefined);
  deepEqual(asked, [], "nothing was looked up");
});

Deno.test("missing() makes no bundle", () => {
  const { node, asked } = machine({ programs: { node: "v22.1.0" } });
  equal(node("ws.ts").missing!(), undefined);
  deepEqual(asked, ["node"]);
});
