import { equal, throws } from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { versionOf } from "./library.ts";

Deno.test("versionOf() reads the version of a package from any of its files, or its folder", () => {
  const folder = Deno.makeTempDirSync({ prefix: "wsmark-" });
  try {
    Deno.mkdirSync(`${folder}/dist/esm`, { recursive: true });
    Deno.writeTextFileSync(`${folder}/package.json`, '{"name":"a","version":"1.2.3"}');
    Deno.writeTextFileSync(`${folder}/dist/package.json`, '{"type":"module"}');
    const url = String(pathToFileURL(folder));
    for (const path of ["/", "/index.js", "/dist/esm/index.js"]) {
      equal(versionOf(url + path), "1.2.3");
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("versionOf() says of which file it found none", () => {
  throws(() => versionOf("file:///nowhere/index.js"), {
    message: "No package.json was found of file:///nowhere/index.js",
  });
});
