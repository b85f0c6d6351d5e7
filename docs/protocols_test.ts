/** That docs/protocols.md has every protocol of the list with its options. */

import assert from "node:assert/strict";
import { protocols } from "../protocols/mod.ts";

Deno.test("docs/protocols.md has a section for each protocol, and in it its options with their defaults", async () => {
  const text = await Deno.readTextFile(new URL("protocols.md", import.meta.url));
  const sections = new Map(
    text.split(/^## /m).slice(1).map((section) => [section.split("\n")[0]!, section]),
  );
  const ids = protocols.map(({ id }) => id).toSorted();
  assert.deepEqual([...sections.keys()], [...ids, "A file of your own"]);
  for (const { id, options = {} } of protocols) {
    const rows = new Map(
      [...sections.get(id)!.matchAll(/^\| `(\w+)` *\|(.*)\|$/gm)].map(([, name, about]) =>
        [name!, about!] as const
      ),
    );
    assert.deepEqual([...rows.keys()].toSorted(), Object.keys(options).toSorted(), id);
    for (const [name, { default: value, oneOf }] of Object.entries(options)) {
      if (value === undefined || oneOf !== undefined) continue;
      const written = typeof value === "string" ? value : JSON.stringify(value);
      assert.ok(rows.get(name)!.includes(`(\`${written}\`)`), `${id}: ${name}`);
    }
  }
});
