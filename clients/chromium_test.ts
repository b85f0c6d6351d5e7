import assert from "node:assert/strict";
import { needing } from "../checks/testing/needs.ts";
import { findChromium } from "./chromium.ts";

const INSTALL = "install it (apt-get install chromium), or name the program in WSMARK_BROWSER";

/** Looks in a folder that has these programs. */
async function findIn(
  names: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<{ folder: string; found: ReturnType<typeof findChromium> }> {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of names) await Deno.writeTextFile(`${folder}/${name}`, "");
    const env = new Map(Object.entries({ PATH: `/nowhere:${folder}`, ...variables }));
    return { folder, found: findChromium(env) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test(needing("Unix", {
  name: "findChromium() finds it on PATH under each of its names",
  fn: async () => {
    for (const name of ["chromium", "chromium-browser", "google-chrome", "chrome"]) {
      const { folder, found } = await findIn([name, "other"]);
      assert.deepEqual(found, { path: `${folder}/${name}` });
    }
  },
}));

Deno.test(needing("Unix", {
  name: "findChromium() prefers what WSMARK_BROWSER names, a path or a name",
  fn: async () => {
    const named = { WSMARK_BROWSER: Deno.execPath() };
    assert.deepEqual((await findIn(["chromium"], named)).found, { path: Deno.execPath() });
    const { folder, found } = await findIn(["chromium", "brave"], { WSMARK_BROWSER: "brave" });
    assert.deepEqual(found, { path: `${folder}/brave` });
  },
}));

Deno.test("findChromium() says in one line what is missing", async () => {
  const what = 'The client "browser" needs Chromium';
  assert.deepEqual((await findIn([])).found, { missing: `${what}: ${INSTALL}` });
  assert.deepEqual((await findIn([], { WSMARK_BROWSER: "" })).found, {
    missing: `${what}: ${INSTALL}`,
  });
  const { found } = await findIn(["chromium"], { WSMARK_BROWSER: "/nonexistent" });
  assert.match(
    "missing" in found ? found.missing : "",
    /^The client "browser" needs Chromium, and WSMARK_BROWSER names no program: received "\/nonexistent"; .*apt-get install chromium.*$/,
  );
});
