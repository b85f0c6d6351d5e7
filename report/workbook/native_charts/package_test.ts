import assert from "node:assert/strict";
import JSZip from "jszip";
import { PLOTTED } from "../../plots/testdata.ts";
import { plotsOf } from "../../plots/mod.ts";
import { renderWorkbook } from "../workbook.ts";
import { chartsOf, withoutCharts } from "./mod.ts";
import { type Element, named, parse } from "./testing.ts";

const archive = async (bytes: Uint8Array): Promise<Map<string, string>> => {
  const { files } = await JSZip.loadAsync(bytes);
  const texts = Object.values(files).filter(({ dir }) => !dir).map(async (file) =>
    [file.name, await file.async("string")] as const
  );
  return new Map(await Promise.all(texts));
};

/** With the pictures that are left, and without any. */
const [SOME] = withoutCharts(plotsOf(PLOTTED), chartsOf(PLOTTED));
const BOOKS = [
  await archive(await renderWorkbook(PLOTTED, [SOME!])),
  await archive(await renderWorkbook(PLOTTED, [])),
];

/** The path that a target of a part means. */
function resolve(part: string, target: string): string {
  return new URL(target, `file:///${part}`).pathname.slice(1);
}

function read(files: ReadonlyMap<string, string>, path: string): Element {
  const text = files.get(path);
  assert.ok(text !== undefined, `no ${path}`);
  return parse(text);
}

Deno.test("addCharts() leaves no relationship without its file, and none without its id", () => {
  for (const files of BOOKS) {
    for (const [path, text] of files) {
      if (!path.endsWith(".rels")) continue;
      const part = path.replace(/_rels\/([^/]*)\.rels$/, "$1");
      const relations = named(parse(text), "Relationship").map(({ attributes }) => attributes);
      for (const { Target } of relations) {
        assert.ok(files.has(resolve(part, Target!)), `${path}: ${Target}`);
      }
      const ids = relations.map(({ Id }) => Id);
      assert.equal(new Set(ids).size, ids.length, path);
      if (part === "" || part.startsWith("xl/workbook")) continue;
      const used = [...files.get(part)!.matchAll(/ r:(?:id|embed)="([^"]*)"/g)].map(([, id]) => id);
      assert.deepEqual(used.toSorted(), ids.toSorted(), path);
    }
  }
});

Deno.test("addCharts() declares the kind of every file", () => {
  for (const files of BOOKS) {
    const types = read(files, "[Content_Types].xml");
    const parts = named(types, "Override").map(({ attributes }) => attributes.PartName!);
    const endings = named(types, "Default").map(({ attributes }) => attributes.Extension!);
    assert.equal(new Set(parts).size, parts.length);
    for (const part of parts) assert.ok(files.has(part.slice(1)), part);
    for (const path of files.keys()) {
      const isDeclared = parts.includes(`/${path}`) ||
        (endings.includes(/[^.]*$/.exec(path)![0]) &&
          !/^xl\/(charts|drawings)\/\w+\.xml$/.test(path));
      assert.ok(isDeclared || path === "[Content_Types].xml", path);
    }
  }
});

Deno.test("addCharts() shows every chart on the sheet of charts, with a description and an id of its own", () => {
  for (const files of BOOKS) {
    assert.match(files.get("xl/worksheets/_rels/sheet3.xml.rels")!, /drawings\/drawing1\.xml"/);
    assert.match(
      files.get("xl/worksheets/sheet3.xml")!,
      /<drawing r:id="rId\d+"\/>(?=<\/worksheet>|<)/,
    );
    const drawing = read(files, "xl/drawings/drawing1.xml");
    const shown = named(drawing, "xdr:cNvPr").map(({ attributes }) => attributes);
    assert.equal(new Set(shown.map(({ id }) => id)).size, shown.length);
    assert.ok(shown.every(({ descr, title }) => descr !== "" && title !== ""));
    assert.equal(named(drawing, "xdr:graphicFrame").length, chartsOf(PLOTTED).length);
  }
});

/** The cells of a sheet by their addresses: numbers, or undefined if they hold no number. */
function cellsOf(sheet: Element): ReadonlyMap<string, number | undefined> {
  return new Map(
    named(sheet, "c").map(({ attributes: { r, t }, children }) => {
      const value = children.find(({ name }) => name === "v")?.text;
      return [r!, t === undefined && value !== undefined ? Number(value) : undefined];
    }),
  );
}

Deno.test("charts refer to cells that exist and hold the numbers that the charts keep", () => {
  for (const files of BOOKS) {
    const cells = cellsOf(read(files, "xl/worksheets/sheet3.xml"));
    const charts = [...files.keys()].filter((path) => path.startsWith("xl/charts/"));
    assert.equal(charts.length, chartsOf(PLOTTED).length);
    for (const reference of charts.flatMap((path) => named(read(files, path), "c:numRef"))) {
      const [, column, from, , to] = /^'Charts'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)$/.exec(
        named(reference, "c:f")[0]!.text,
      )!;
      const kept = new Map(
        named(reference, "c:pt").map((
          { attributes, children },
        ) => [Number(attributes.idx), Number(children[0]!.text)]),
      );
      assert.ok(kept.size > 0);
      for (let row = Number(from); row <= Number(to); row++) {
        assert.equal(cells.get(`${column}${row}`), kept.get(row - Number(from)), `${column}${row}`);
      }
    }
  }
});
