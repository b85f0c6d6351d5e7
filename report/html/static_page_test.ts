import assert from "node:assert/strict";
import { markup } from "./markup.ts";
import { renderStaticPage } from "./static_page.ts";

Deno.test("renderStaticPage() allows its own style and nothing else, and escapes text", async () => {
  const hostile = "<script>alert(1)</script>";
  const page = await renderStaticPage({
    title: hostile,
    version: hostile,
    about: hostile,
    parts: [{ id: "a", title: hostile }],
    main: markup`<p id="a">${hostile}</p>`,
    style: ".own { color: red; }",
  });
  assert.ok(!/<script/i.test(page));
  const style = /<style>([\s\S]*)<\/style>/.exec(page)![1]!;
  assert.ok(style.endsWith(".own { color: red; }"));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  const hash = new Uint8Array(digest).toBase64();
  assert.ok(
    page.includes(`default-src 'none'; style-src 'sha256-${hash}'`) ||
      page.includes(`default-src &#39;none&#39;; style-src &#39;sha256-${hash}`),
  );
});
