import assert from "node:assert/strict";
import { z } from "zod";
import { profileOf } from "./profile.ts";
import { fromSpeedscope, toSpeedscope } from "./speedscope.ts";
// As published in npm:speedscope@1.25.0, dist/release/file-format-schema.json (MIT).
import schema from "./testing/speedscope_schema.json" with { type: "json" };

const profile = profileOf("a test", [
  {
    frames: [{ name: "main", kind: "user", file: "a.ts", line: 3 }, {
      name: "write",
      kind: "kernel",
    }],
    us: 1003.5,
  },
  { frames: [{ name: "main", kind: "user", file: "a.ts", line: 3 }], us: 20 },
]);

Deno.test("toSpeedscope() writes what speedscope's schema allows, and fromSpeedscope() reads it back", () => {
  const text = toSpeedscope(profile, "ws, \u0000<b>");
  const file = JSON.parse(text);
  const whole = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  assert.equal(whole.safeParse(file).error, undefined);
  // The check itself finds what is wrong.
  assert.ok(
    !whole.safeParse({ ...file, profiles: [{ ...file.profiles[0], unit: "eons" }] }).success,
  );
  assert.deepEqual(fromSpeedscope(text), profile);
  assert.equal(file.shared.frames.length, 2);
  assert.equal(file.profiles[0].samples.length, file.profiles[0].weights.length);
  assert.equal(file.profiles[0].endValue, 1023.5);
});

Deno.test("fromSpeedscope() refuses what is something else", () => {
  for (const text of ["", "[]", "{}", '{"shared":{"frames":[]},"profiles":[{"type":"evented"}]}']) {
    assert.throws(() => fromSpeedscope(text), SyntaxError);
  }
  const file = JSON.parse(toSpeedscope(profile, "x"));
  file.profiles[0].samples[0] = [99];
  assert.throws(() => fromSpeedscope(JSON.stringify(file)), /its frames/);
});
