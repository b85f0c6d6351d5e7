import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { renderLivePage } from "./page.ts";
import { SCRIPT } from "./script.ts";

Deno.test("renderLivePage() lets only its script and style run, by their hashes", async () => {
  const { html, policy } = await renderLivePage();
  const directives = new Map(
    policy.split("; ").map((one) => {
      const [name, ...values] = one.split(" ");
      return [name, values.join(" ")];
    }),
  );
  for (const [tag, directive] of [["script", "script-src"], ["style", "style-src"]] as const) {
    const texts = [...html.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"))];
    assert.equal(texts.length, 1, tag);
    const hash = createHash("sha256").update(texts[0]![1]!).digest("base64");
    assert.equal(directives.get(directive), `'sha256-${hash}'`);
  }
  assert.equal(directives.get("default-src"), "'none'");
  assert.equal(directives.get("connect-src"), "'self'");
  assert.equal(directives.get("frame-ancestors"), "'none'");
  assert.doesNotMatch(html, / style=|https?:| on\w+=/);
});

Deno.test("SCRIPT is a script, writes no markup and asks only its server", () => {
  assert.doesNotThrow(() => new Function(SCRIPT));
  assert.doesNotMatch(SCRIPT, /<\/|innerHTML|insertAdjacent|document\.write|https?:|import/);
  const asked = [...SCRIPT.matchAll(/(?:fetch|EventSource)\(([^,)]*)/g)].map(([, what]) => what);
  assert.deepEqual(new Set(asked), new Set(['"report.html"', '"events"']));
});
