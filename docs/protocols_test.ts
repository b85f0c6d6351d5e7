/** That docs/protocols.md has the protocols of the list, and of those with a table all options. */

import assert from "node:assert/strict";
import { protocols } from "../protocols/mod.ts";

Deno.test("docs/protocols.md names each protocol, and tables have all options with their defaults", async () => {
  const text = await Deno.readTextFile(new URL("protocols.md", import.meta.url));
  const sections = new Map(
    text.split(/^## /m).slice(1).map((section) => [section.split("\n")[0]!, section]),
  );
  for (const { id, options = {} } of protocols) {
    const section = sections.get(id);
    assert.ok(section !== undefined || text.includes(`\`${id}\``), id);
    if (section === undefined) continue;
    const rows = new Map(
      [...section.matchAll(/^\| `(\w+)` *\|(.*)\|$/gm)].map(([, name, about]) =>
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
