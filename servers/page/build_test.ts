import { equal, match, ok } from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { build, GENERATED, sources } from "./build.ts";
import { PAGE, POLICY } from "./page.generated.ts";

const [line = "", ...rest] = (await Deno.readTextFile(GENERATED)).split("\n");
const isUpToDate = line === `// Sources: ${await sources()}`;

Deno.test(needing(isUpToDate ? [] : "esbuild", {
  name: "page.generated.ts is what its sources make",
  fn: async () => {
    if (isUpToDate) return;
    // A change of a comment or a type does not change the page, so the result is compared, too.
    const { module } = await build();
    ok(rest.join("\n") === module, "The page is older than its sources; run `deno task web`");
  },
}));

Deno.test("the policy of the page names its script and its style", async () => {
  for (const tag of ["script", "style"]) {
    const [, text = ""] = new RegExp(`<${tag}>(.*?)</${tag}>`, "s").exec(PAGE) ?? [];
    ok(text.length > 1000, `a long ${tag}`);
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    ok(POLICY.includes(`${tag}-src 'sha256-${new Uint8Array(hash).toBase64()}'`), tag);
  }
  equal(/unsafe|\*/.test(POLICY), false);
});

Deno.test("the page names no other host and has no inline style or handler", () => {
  const [, head = "", body = ""] = /^(.*?)<style>.*<\/style>(.*)<script>/s.exec(PAGE) ?? [];
  match(body, /id="start"/);
  equal(/\b(src|href)="(?!data:,")|\bstyle=|\bon\w+=|https?:/.test(head + body), false);
});
