import { deepEqual, equal, match } from "node:assert/strict";

/** Runs `deno task setup` without any program on the PATH, and with an empty cache. */
async function setup(
  ...words: readonly string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const cache = await Deno.makeTempDir({ prefix: "wsmark-" });
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--quiet",
      "-A",
      new URL("main.ts", import.meta.url).href,
      ...words,
    ],
    env: { PATH: "", XDG_CACHE_HOME: cache, DENO_DIR: denoDir },
  }).output();
  const text = new TextDecoder();
  // Nothing is made before a build begins.
  await Deno.remove(cache);
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** Where Deno has its modules, which the variable of the cache would change. */
const denoDir: string = JSON.parse(
  new TextDecoder().decode(
    new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).outputSync().stdout,
  ),
).denoDir;

Deno.test("setup says what each word does and what is missing", async () => {
  const { code, stdout, stderr } = await setup();
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(
    stdout,
    /\n {2}go {9}\d+ servers in Go: not built; no go on the PATH: install Go 1\.26 or later\n/,
  );
  match(stdout, /\n {2}ws-node, .*: no node on the PATH: install Node 18 or later\n/);
  match(stdout, /\n {2}gorilla, .*: no build of the servers in Go: deno task setup go\n/);
});

Deno.test("setup LANGUAGE says in one line which tool is missing", async () => {
  deepEqual(await setup("go"), {
    code: 2,
    stdout: "",
    stderr: "error: Cannot build the servers in Go: " +
      "no go on the PATH: install Go 1.26 or later\n",
  });
});

Deno.test("setup all leaves out what has no tool", async () => {
  const { code, stdout, stderr } = await setup("all");
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(stdout, /^go: left out, as there is no go on the PATH: install Go 1\.26 or later\n/m);
  match(stdout, /^rust: left out, as there is no cargo on the PATH: install Rust .* or later\n/m);
});

Deno.test("setup refuses an unknown word before it does anything", async () => {
  const { code, stderr } = await setup("go", "cobol");
  equal(code, 2);
  match(stderr, /^error: Unknown word "cobol"; give debian, protocols, go, .*all, or none .*\n$/);
});
