import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { digestOf, noteOfBuild, placeOfBuild } from "./builds.ts";

/** A folder with files, by path. */
async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${folder}/${path}`, text);
  }
  return folder;
}

/** The digest of a folder with files. */
async function digest(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await folderOf(files);
  try {
    return digestOf(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const FILES = { "go.mod": "module a", "a/main.go": "package main" };

Deno.test("digestOf() changes with a name, a content, and what is in which file", async () => {
  const base = await digest(FILES);
  match(base, /^[\da-f]{16}$/);
  equal(await digest(FILES), base);
  for (
    const other of [
      { ...FILES, "go.mod": "module b" },
      { ...FILES, "b/main.go": "package main" },
      { "go.mod": "module a", "b/main.go": "package main" },
      { "go.mod": "modul", "a/main.go": "e apackage main" },
    ]
  ) notEqual(await digest(other), base);
});

Deno.test("digestOf() leaves out tests, and what tools make", async () => {
  const others = { "a_test.ts": "", "target/a": "", "a/build/b": "", ".git/config": "" };
  equal(await digest({ ...FILES, ...others }), await digest(FILES));
});

Deno.test("digestOf() of some sources changes with these alone", async () => {
  const digestOfLock = async (files: Readonly<Record<string, string>>): Promise<string> => {
    const folder = await folderOf(files);
    const found = digestOf(folder, ["lock"]);
    await Deno.remove(folder, { recursive: true });
    return found;
  };
  const base = await digestOfLock({ lock: "a==1", "a.py": "import a" });
  equal(await digestOfLock({ lock: "a==1", "a.py": "import b" }), base);
  notEqual(await digestOfLock({ lock: "a==2", "a.py": "import a" }), base);
});

Deno.test("placeOfBuild() is in the cache, by the digest of the sources", () => {
  const { sources, builds, out } = placeOfBuild("go", "/cache")!;
  ok(sources.endsWith("/servers/go"), sources);
  equal(builds, "/cache/go");
  equal(out, `/cache/go/${digestOf(sources)}`);
});

Deno.test("placeOfBuild() of Python's servers is another one only with another lock file", () => {
  const { sources, out } = placeOfBuild("python", "/cache")!;
  equal(out, `/cache/python/${digestOf(sources, ["requirements.txt", "from_source.txt"])}`);
});

Deno.test("noteOfBuild() reads the note, and takes a folder without one for no build", async () => {
  const note = { tool: "go version go1.26", seconds: 3, bytes: 7 };
  const out = await folderOf({ "build.json": JSON.stringify(note), "half/server": "" });
  const place = { sources: "", builds: "", out };
  deepEqual(noteOfBuild(place), note);
  equal(noteOfBuild({ ...place, out: `${out}/half` }), undefined);
  equal(noteOfBuild({ ...place, out: `${out}/nowhere` }), undefined);
  await Deno.remove(out, { recursive: true });
});
