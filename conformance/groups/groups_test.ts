import assert from "node:assert/strict";
import { allCases, groups } from "./mod.ts";

const forServers = allCases.filter(({ role }) => role !== "client");
const forClients = allCases.filter(({ role }) => role !== "server");

Deno.test("each case has an id of its own with the number of its group, and a title of its own in its part", () => {
  assert.ok(forServers.length >= 300, `${forServers.length}`);
  assert.ok(forClients.length >= 100, `${forClients.length}`);
  for (const { id, cases } of groups) {
    for (const one of cases) assert.match(one.id, new RegExp(`^${id}\\.\\d+\\.\\d+$`));
  }
  const ids = new Set(allCases.map(({ id }) => id));
  assert.equal(ids.size, allCases.length);
  const titles = new Set(allCases.map(({ id, title }) => `${/^\d+\.\d+/.exec(id)} ${title}`));
  assert.equal(titles.size, allCases.length);
});

Deno.test("each case names the section of an RFC, sends something, and says what must come", () => {
  for (const { id, section, steps, judgement, integrity } of allCases) {
    assert.match(section, /^RFC \d{4} §\d+(\.\d+)*(, §\d+(\.\d+)*)*$/, id);
    assert.ok(steps.length > 0, id);
    assert.ok(judgement.must.length > 0, id);
    if (integrity !== undefined) assert.match(integrity, /^[a-z]+s /, id);
  }
});
