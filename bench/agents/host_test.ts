import assert from "node:assert/strict";
import { fakeSystem } from "../machine/testing.ts";
import { describeAgent, hostKey, usualId } from "./host.ts";
import { AGENT_ID, Description } from "./messages.ts";

Deno.test("hostKey() differs between machines and network namespaces, and says nothing of them", async () => {
  const of = (boot: string, namespace: string) =>
    hostKey({
      ...fakeSystem({ "/proc/sys/kernel/random/boot_id": `${boot}\n` }),
      link: () => namespace,
    });
  const one = await of("boot-1", "net:[1]");
  assert.match(one, /^[0-9a-f]{12}$/);
  assert.equal(await of("boot-1", "net:[1]"), one);
  assert.notEqual(await of("boot-2", "net:[1]"), one);
  assert.notEqual(await of("boot-1", "net:[2]"), one);
});

for (
  const [hostname, id] of [
    ["web1.example.org", "web1"],
    ["Größe", "Gr--e"],
    ["-", "agent"],
    ["", "agent"],
  ] as const
) {
  Deno.test(`usualId() is ${id} for ${JSON.stringify(hostname)}`, () => {
    assert.equal(usualId(hostname), id);
    assert.match(usualId(hostname), AGENT_ID);
  });
}

Deno.test("describeAgent() describes it as its schema wants it", () => {
  const identity = { id: "a", instance: "i", labels: { zone: "x" }, host: "h", allows: ["all"] };
  const description = describeAgent(identity, null);
  assert.deepEqual(Description.parse(description), description);
  assert.ok(description.cpus > 0);
});
