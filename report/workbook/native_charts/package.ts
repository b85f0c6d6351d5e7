/** The files of charts in the archive of a workbook: Open Packaging Conventions, ECMA-376, part 2. */

import type JSZip from "jszip";
import { DECLARATION, tag } from "./xml.ts";

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006";
const CONTENT = "application/vnd.openxmlformats-officedocument";
/** Pixels are of 1/96 inch. */
const EMU_PER_PIXEL = 9525;
/** Numbers of drawn things on a sheet; those of the library begin at 1. */
const FIRST_ID = 1001;

/** A chart at its place on a sheet. */
export interface PlacedChart {
  /** The file of the chart. */
  readonly xml: string;
  readonly title: string;
  readonly alt: string;
  /** Its upper left cell, counted from 0. */
  readonly column: number;
  readonly row: number;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Adds charts to the archive of a workbook and shows them on the sheet with this number. */
export async function addCharts(
  zip: JSZip,
  sheet: number,
  charts: readonly PlacedChart[],
): Promise<void> {
  if (charts.length === 0) return;
  const drawing = await drawingOf(zip, sheet);
  const ids: string[] = [];
  const relations = `xl/drawings/_rels/${drawing}.rels`;
  for (const [index, { xml }] of charts.entries()) {
    const name = `chart${index + 1}.xml`;
    zip.file(`xl/charts/${name}`, xml);
    await declare(zip, `/xl/charts/${name}`, `${CONTENT}.drawingml.chart+xml`);
    ids.push(await relate(zip, relations, `${OFFICE}/chart`, `../charts/${name}`));
  }
  const anchors = charts.map((chart, index) => anchorOf(chart, FIRST_ID + index, ids[index]!));
  await change(
    zip,
    `xl/drawings/${drawing}`,
    (old) => old.replace("</xdr:wsDr>", () => `${anchors.join("")}</xdr:wsDr>`),
  );
}

/** The name of the drawing of a sheet; a new one if the library made none, because the sheet has no picture. */
async function drawingOf(zip: JSZip, sheet: number): Promise<string> {
  const relations = `xl/worksheets/_rels/sheet${sheet}.xml.rels`;
  const known = /Target="\.\.\/drawings\/(drawing\d+\.xml)"/.exec(await read(zip, relations));
  if (known !== null) return known[1]!;
  const name = `drawing${zip.file(/^xl\/drawings\/drawing\d+\.xml$/).length + 1}.xml`;
  zip.file(
    `xl/drawings/${name}`,
    DECLARATION + tag("xdr:wsDr", {
      "xmlns:xdr": `${DRAWINGML}/spreadsheetDrawing`,
      "xmlns:a": `${DRAWINGML}/main`,
    }, ""),
  );
  await declare(zip, `/xl/drawings/${name}`, `${CONTENT}.drawing+xml`);
  const id = await relate(zip, relations, `${OFFICE}/drawing`, `../drawings/${name}`);
  await change(zip, `xl/worksheets/sheet${sheet}.xml`, (old) => withDrawing(old, id));
  return name;
}

/** The schema has a drawing near the end of a sheet: of what the library writes, only these may follow it. */
function withDrawing(sheet: string, id: string): string {
  return sheet.replace(
    /(?=<legacyDrawing|<picture|<tableParts|<extLst|<\/worksheet>)/,
    () => tag("drawing", { "r:id": id }),
  );
}

/** Adds a relationship; returns its id. */
async function relate(zip: JSZip, path: string, type: string, target: string): Promise<string> {
  const old = await read(zip, path) || DECLARATION + tag("Relationships", {
        xmlns: "http://schemas.openxmlformats.org/package/2006/relationships",
      }, "");
  const ids = [...old.matchAll(/ Id="rId(\d+)"/g)].map(([, number]) => Number(number));
  const id = `rId${ids.reduce((most, number) => Math.max(most, number), 0) + 1}`;
  const relation = tag("Relationship", { Id: id, Type: type, Target: target });
  zip.file(path, old.replace("</Relationships>", () => `${relation}</Relationships>`));
  return id;
}

/** Declares what kind of file a part is. */
async function declare(zip: JSZip, part: string, type: string): Promise<void> {
  const override = tag("Override", { PartName: part, ContentType: type });
  await change(
    zip,
    "[Content_Types].xml",
    (old) => old.replace("</Types>", () => `${override}</Types>`),
  );
}

async function change(zip: JSZip, path: string, edit: (old: string) => string): Promise<void> {
  zip.file(path, edit(await read(zip, path)));
}

/** The text of a file; empty if there is none. */
async function read(zip: JSZip, path: string): Promise<string> {
  return await zip.file(path)?.async("string") ?? "";
}

function anchorOf(
  { title, alt, column, row, width, height }: PlacedChart,
  id: number,
  relation: string,
): string {
  const number = (name: string, value: number): string => tag(name, {}, String(value));
  return tag(
    "xdr:oneCellAnchor",
    {},
    tag(
      "xdr:from",
      {},
      number("xdr:col", column),
      number("xdr:colOff", 0),
      number("xdr:row", row),
      number("xdr:rowOff", 0),
    ),
    tag("xdr:ext", { cx: width * EMU_PER_PIXEL, cy: height * EMU_PER_PIXEL }),
    tag(
      "xdr:graphicFrame",
      { macro: "" },
      tag(
        "xdr:nvGraphicFramePr",
        {},
        tag("xdr:cNvPr", { id, name: `Chart ${id - FIRST_ID + 1}`, descr: alt, title }),
        tag("xdr:cNvGraphicFramePr"),
      ),
      tag("xdr:xfrm", {}, tag("a:off", { x: 0, y: 0 }), tag("a:ext", { cx: 0, cy: 0 })),
      tag(
        "a:graphic",
        {},
        tag(
          "a:graphicData",
          { uri: `${DRAWINGML}/chart` },
          tag("c:chart", {
            "xmlns:c": `${DRAWINGML}/chart`,
            "xmlns:r": OFFICE,
            "r:id": relation,
          }),
        ),
      ),
    ),
    tag("xdr:clientData"),
  );
}
