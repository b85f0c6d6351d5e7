/** Each package from what is really given away, in an empty folder with an empty cache. */

import assert from "node:assert/strict";
import { inFolder } from "../../bench/testing/folder.ts";
import { VERSION } from "../../bench/version.ts";
import { needing } from "../testing/needs.ts";
import { publishedFiles } from "./files.ts";
import { publishHere } from "./jsr.ts";
import { pack } from "./pack.ts";

/** Runs a program in a folder without anything of this user's; resolves to what it printed. */
async function alone(
  [program, ...args]: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(program!, {
    args,
    cwd: folder,
    env: { HOME: `${folder}/home`, XDG_CACHE_HOME: "", DENO_DIR: "", NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("publishedFiles() has no tests, no checks but verify, no documentation, no page sources", async () => {
  const files = await publishedFiles();
  for (const path of ["mod.ts", "deno.json", "cli/wsmark.ts", "servers/go/go.mod", "LICENSE"]) {
    assert.ok(files.includes(path), path);
  }
  const unwanted = files.filter((path) =>
    /_test\.ts$|testdata|testing|__snapshots__|^docs\/|^results\/|^\.|^checks\/(?!verify\/)/
      .test(path) || /^servers\/page\/(?!page\.generated)/.test(path)
  );
  assert.deepEqual(unwanted, []);
});

Deno.test(needing(["esbuild", "tar"], {
  name: "the package of JSR runs from the network, and writes all reports",
  fn: () =>
    inFolder(async (folder) => {
      await using registry = await publishHere();
      const run = [Deno.execPath(), "run", "-A", "--no-config", "--quiet", "jsr:@wsmark/wsmark"];
      const env = { JSR_URL: registry.url };
      const help = await alone([...run, "--help"], folder, env);
      assert.ok(help.stdout.includes(`deno run -A --no-config jsr:@wsmark/wsmark@${VERSION}`));
      const { code, stderr } = await alone(
        [...run, "--servers", "native", "--scenarios", "latency", "--rounds", "1"]
          .concat("--duration", "0.1", "--warmup", "0", "--no-ceiling", "--out", "run"),
        folder,
        env,
      );
      assert.equal(code, 0, stderr);
      assert.ok(Deno.statSync(`${folder}/run/report.html`).size > 0);
    }),
}));

Deno.test(needing(["esbuild", "tar"], {
  name: "the package of npm starts under Node, passes on arguments, exit codes and signals",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      await pack(folder);
      await Deno.mkdir(`${folder}/node_modules/deno`, { recursive: true });
      // npm would fetch the same program; a test of it must not take 40 MB each time.
      await Deno.symlink(Deno.execPath(), `${folder}/node_modules/deno/deno`);
      await Deno.writeTextFile(`${folder}/node_modules/deno/package.json`, "{}");
      const unpacked = await alone(["tar", "-xzf", `wsmark-${VERSION}.tgz`], folder);
      assert.equal(unpacked.code, 0, unpacked.stderr);
      const bin = `${folder}/package/bin/wsmark.js`;
      const version = await alone(["node", bin, "--version"], folder);
      assert.equal(version.stdout, `wsmark ${VERSION}\n`, version.stderr);
      const wrong = await alone(["node", bin, "--duraton", "1"], folder);
      assert.equal(wrong.code, 2);
      assert.match(wrong.stderr, /^error: Unknown option --duraton/);
      const process = new Deno.Command("node", {
        args: [bin, "ws://127.0.0.1:1"],
        cwd: folder,
        env: { HOME: `${folder}/home`, XDG_CACHE_HOME: "" },
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
      process.kill("SIGTERM");
      assert.notEqual((await process.status).code, 0);
    }),
}));
