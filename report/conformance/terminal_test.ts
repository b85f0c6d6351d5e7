import assert from "node:assert/strict";
import { widthOf } from "../terminal/screen.ts";
import { renderConformance } from "./terminal.ts";
import { CONFORMANCE } from "./testing/testdata.ts";

const serializer = (text: string): string => `\n${text}`;

for (const width of [40, 60, 120]) {
  Deno.test(`renderConformance() in ${width} columns`, async (t) => {
    const text = renderConformance(CONFORMANCE, { width, color: false });
    await t.assertSnapshot(text, { serializer });
    assert.ok(widthOf(text) <= width);
  });
}

Deno.test("renderConformance() says that it was interrupted", () => {
  const text = renderConformance(
    { ...CONFORMANCE, state: "interrupted", servers: [] },
    { width: 80, color: true },
  );
  assert.match(text, /No server was tried[^]*Interrupted/);
});
