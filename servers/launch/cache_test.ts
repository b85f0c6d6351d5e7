import { equal } from "node:assert/strict";

/** What cacheFolder() returns in a process with only this environment. */
function folderWith(env: Record<string, string>): string {
  const { stdout } = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { cacheFolder } from ${JSON.stringify(import.meta.resolve("./cache.ts"))};
       console.log(cacheFolder("some"));`,
    ],
    clearEnv: true,
    // Deno itself has its files where this says.
    env: { DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`, ...env },
  }).outputSync();
  return new TextDecoder().decode(stdout).trim();
}

Deno.test({
  name: "cacheFolder() is in the user's cache, and ignores a relative path",
  ignore: Deno.build.os === "windows",
  fn() {
    equal(folderWith({ XDG_CACHE_HOME: "/cache", HOME: "/home" }), "/cache/wsmark/some");
    equal(folderWith({ XDG_CACHE_HOME: "cache", HOME: "/home" }), "/home/.cache/wsmark/some");
    equal(folderWith({ XDG_CACHE_HOME: "", HOME: "/home" }), "/home/.cache/wsmark/some");
    equal(folderWith({ XDG_CACHE_HOME: "cache" }), "undefined");
  },
});
