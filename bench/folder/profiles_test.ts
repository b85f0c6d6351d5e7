import assert from "node:assert/strict";
import { profileOf } from "../../measure/explain/profile/profile.ts";
import { toSpeedscope } from "../../measure/explain/profile/speedscope.ts";
import type { Explanation } from "../../measure/model/result.ts";
import { readProfiles } from "./profiles.ts";

Deno.test("readProfiles() reads the files that a result names, of its own folder only", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const profile = profileOf("x", [{ frames: [{ name: "f", kind: "user" }], us: 1 }]);
    await Deno.writeTextFile(`${folder}/profile-1.speedscope.json`, toSpeedscope(profile, "x"));
    await Deno.writeTextFile(`${folder}/profile-2.speedscope.json`, "{");
    const names = ["profile-1", "profile-2", "profile-3", "../profile-1"]
      .map((name) => `${name}.speedscope.json`);
    const explanations = names.map((name) => ({ profile: name })) as unknown as Explanation[];
    const found = [...readProfiles({ explanations }, folder).values()];
    assert.deepEqual(found[0], profile);
    assert.deepEqual(found.slice(1).map((one) => "absent" in one), [true, true, true]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
