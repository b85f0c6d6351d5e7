import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { bundlePage, DOCUMENT, NODE_SCRIPT } from "./bundle.ts";

Deno.test(needing("esbuild", {
  name: "bundlePage() makes a script that asks for nothing that the page lacks",
  async fn() {
    const script = await bundlePage();
    const imports = [...script.matchAll(/^import \{ (\w+)(?: as \w+)? \} from "(.+)";$/gm)];
    assert.equal(imports.length, [...script.matchAll(/^import\b/gm)].length);
    for (const [, name, specifier] of imports) {
      assert.ok(DOCUMENT.includes(`"${specifier}": "/node.js"`), String(specifier));
      assert.match(NODE_SCRIPT, new RegExp(`export const ${name} `));
    }
    assert.doesNotMatch(script, /\bDeno\./);
  },
}));

Deno.test("NODE_SCRIPT compares bytes as Node does", async () => {
  const { Buffer: ours } = await import(`data:text/javascript,${encodeURIComponent(NODE_SCRIPT)}`);
  const { Buffer: nodes } = await import("node:buffer");
  const all = [[], [1], [1, 2], [2], [1, 3]].map((bytes) => Uint8Array.from(bytes));
  for (const a of all) {
    for (const b of all) {
      assert.equal(Math.sign(ours.compare(a, b)), nodes.compare(a, b), `${a} and ${b}`);
    }
  }
});
