/** The files of a run of the conformance suite. */

import type { ConformanceResult } from "../../conformance/result.ts";
import { renderTable } from "../csv.ts";
import type { RenderedFile } from "../format.ts";
import { layOut } from "../json.ts";
import { addSection, createBook, draftOf, piecesOf } from "../workbook/book.ts";
import { renderConformancePage } from "./html.ts";
import { renderJunit } from "./junit.ts";
import { casesTable, resultsTable, serversTable, theirName } from "./tables.ts";

/** JSON, CSV, JUnit, the page, and the workbook. */
export async function conformanceFiles(
  result: ConformanceResult,
): Promise<readonly RenderedFile[]> {
  return [
    { path: "conformance.json", content: `${layOut(JSON.parse(JSON.stringify(result)), "")}\n` },
    { path: "conformance.csv", content: renderTable(resultsTable(result)) },
    { path: "junit.xml", content: renderJunit(result) },
    { path: "conformance.xlsx", content: await workbook(result) },
    { path: "conformance.html", content: await renderConformancePage(result) },
  ];
}

/** One sheet: servers by group, cases by server, and what came of all. */
async function workbook(result: ConformanceResult): Promise<AsyncIterable<Uint8Array>> {
  const date = new Date(result.startedAt);
  const book = await createBook({
    title: `Conformance of WebSocket ${theirName(result).toLowerCase()}s`,
    subject: `${result.cases.length} cases, suite ${result.suite}`,
    keywords: ["WebSocket", "RFC 6455", ...result.servers.map(({ title }) => title)],
    date,
  }, []);
  addSection(book, {
    id: "conformance",
    title: "Conformance",
    about: `${result.cases.length} cases of the suite ${result.suite}.`,
    tables: [serversTable(result), casesTable(result), resultsTable(result)],
  }, { isList: true, main: "conformance-results" });
  return piecesOf(await draftOf(book), date);
}
