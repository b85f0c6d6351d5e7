import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { type BuildPlace, noteOfBuild } from "../launch/builds.ts";
import type { Language } from "../launch/languages.ts";
import { build, missingTool } from "./build.ts";

/** A language whose tool is a shell. */
function shell(script: string): Language {
  return {
    title: "Shell",
    tools: [{ program: "shell", args: ["--version"], from: "a shell" }],
    steps: ({ out, kept }) => [
      { command: ["sh", "-c", script], env: { OUT: out, KEPT: kept } },
    ],
    start: (out, name) => [`${out}/${name}`],
  };
}

const run = (version: string) => () => ({ success: true, stdout: `${version}\n`, stderr: "" });

/** Calls a function with a place for builds, which is removed afterwards. */
async function inPlace(use: (place: BuildPlace) => Promise<void>): Promise<void> {
  const builds = await Deno.makeTempDir({ prefix: "wsmark-" });
  try {
    await use({ sources: builds, builds, out: `${builds}/digest` });
  } finally {
    await Deno.remove(builds, { recursive: true });
  }
}

const names = (folder: string): string[] =>
  [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

function needsShell(name: string, fn: () => Promise<void>): void {
  Deno.test(needing("Unix", { name, fn }));
}

needsShell("build() builds, notes what it took, and tells what the tool prints", async () => {
  await inPlace(async (place) => {
    const told: string[] = [];
    const script = `echo one; printf '\\033[1mtwo\\033[0m\\n' >&2; printf 12345 >"$OUT/server"`;
    const { note, isOld } = await build(
      shell(script),
      place,
      (line) => told.push(line),
      run("shell 1"),
    );
    const { tool, bytes } = note;
    deepEqual({ tool, bytes, isOld }, { tool: "shell 1", bytes: 5, isOld: undefined });
    deepEqual(noteOfBuild(place), note);
    deepEqual(names(place.out), ["build.json", "server"]);
    deepEqual(told.sort(), ["one", "two"]);
    deepEqual(names(place.builds), ["digest", "digest.log", "kept"]);
  });
});

needsShell("build() builds again only if the tool is another one", async () => {
  await inPlace(async (place) => {
    const language = shell(`echo built >>"$KEPT/count"`);
    const tell = (): void => {};
    for (const version of ["shell 1", "shell 1", "shell 2"]) {
      await build(language, place, tell, run(version));
    }
    equal(await Deno.readTextFile(`${place.builds}/kept/count`), "built\nbuilt\n");
    equal(noteOfBuild(place)?.tool, "shell 2");
  });
});

needsShell(
  "build() says in one line why a tool failed and where the rest is, and leaves no build",
  async () => {
    await inPlace(async (place) => {
      const language = shell("echo begun; echo 'main.c:3: error: no such thing' >&2; exit 3");
      await rejects(build(language, place, () => {}, run("shell 1")), {
        name: "BuildError",
        message: "sh failed with exit code 3, and said: main.c:3: error: no such thing; " +
          `all that it said is in ${place.out}.log`,
      });
      equal(noteOfBuild(place), undefined);
      deepEqual(names(place.builds), ["digest.log", "kept"]);
      match(await Deno.readTextFile(`${place.out}.log`), /begun\n/);
    });
  },
);

needsShell("build() removes builds that were made long ago, and no others", async () => {
  await inPlace(async (place) => {
    const old = new Date(Date.now() - 40 * 24 * 3600 * 1000);
    for (const name of ["old", "new"]) await Deno.mkdir(`${place.builds}/${name}`);
    await Deno.utime(`${place.builds}/old`, old, old);
    await build(shell("true"), place, () => {}, run("shell 1"));
    deepEqual(names(place.builds), ["digest", "digest.log", "kept", "new"]);
  });
});

Deno.test("build() begins nothing without its tool, and says what to install", async () => {
  const language = shell("true");
  equal(missingTool(language, () => undefined), "no shell on the PATH: install a shell");
  await inPlace(async (place) => {
    await rejects(build(language, place, () => {}, () => undefined), {
      name: "BuildError",
      message: "no shell on the PATH: install a shell",
    });
    deepEqual(names(place.builds), []);
  });
  ok(missingTool(language, run("shell 1")) === undefined);
});

Deno.test("missingTool() names a library that the compiler does not find, and its package", () => {
  const tool = {
    program: "shell",
    lack: "libsea",
    args: ["-include", "sea.h"],
    from: "sea-dev",
  };
  const { tools, ...rest } = shell("true");
  const language: Language = { ...rest, tools: [tools[0], tool] };
  const run = (_: string, args: readonly string[]) => ({
    success: args[0] === "--version",
    stdout: "shell 1\n",
    stderr: "",
  });
  equal(missingTool(language, run), "no libsea: install sea-dev");
});
