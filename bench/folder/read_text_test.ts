import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { readBytes, readText } from "./read_text.ts";

async function withFile(run: (path: string) => void): Promise<void> {
  const path = await Deno.makeTempFile();
  try {
    run(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("readText() reads a file of as many bytes as it may have", () =>
  withFile((path) => {
    Deno.writeTextFileSync(path, "größe");
    assert.equal(readText(path, 7), "größe");
    assert.equal(readBytes(path, 7).length, 7);
  }));

Deno.test("readText() refuses a larger one without reading it", () =>
  withFile((path) => {
    Deno.truncateSync(path, 3e9);
    assert.throws(() => readText(path, 500e6), {
      name: "SyntaxError",
      message: `${path} is too large: it has 3,000 MB, and at most 500 are read`,
    });
  }));

Deno.test(needing("Unix", {
  name: "readText() refuses a device, which has no end",
  fn() {
    assert.throws(() => readText("/dev/zero", 1000), {
      name: "SyntaxError",
      message: "/dev/zero is no file",
    });
  },
}));

Deno.test("readText() throws what the system says of one that is not there", () => {
  assert.throws(() => readText("no/such/file", 1), Deno.errors.NotFound);
});
