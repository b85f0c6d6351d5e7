/** Writes the reports of a result and shows its summary. */

import type { Result } from "../../measure/model/result.ts";
import {
  type Check,
  type Format,
  type RenderedFile,
  USUAL,
  USUAL_FORMATS,
} from "../../report/format.ts";
import type { Profiles } from "../../report/flame/data.ts";
import { formats } from "../../report/mod.ts";
import { listed } from "../../report/summary/text.ts";
import { reasonOf, writeInPieces, writeWhole } from "../../bench/folder/files.ts";
import { pick } from "../../bench/choice.ts";
import { hasColor, print, printError, terminalWidth } from "./terminal.ts";

/**
 * @param ids names of formats, `usual` or `all`
 * @throws {UsageError} for a format that does not exist
 */
export function chooseFormats(ids: readonly string[] = [USUAL]): readonly Format[] {
  return pick(
    "report",
    ids.flatMap((id): readonly string[] => id === USUAL ? USUAL_FORMATS : [id]),
    formats,
  );
}

/** The report to open first; without it the one that was written last. */
const FIRST = "html";

/**
 * Prints the summary, writes the reports into the folder, and prints in a line where they are and in another the path of
 * the page. If a report cannot be written the reason is printed, and the others are written.
 *
 * @param checks what was asserted of the result
 * @param done called for each report that is written or cannot be
 * @returns whether all of them could be written
 */
export async function writeReports(
  result: Result,
  folder: string,
  formats: readonly Format[],
  checks: readonly Check[] = [],
  done: (id: Format["id"]) => void = () => {},
): Promise<boolean> {
  const { renderTerminal } = await import("../../report/terminal/terminal.ts");
  print(renderTerminal(result, { width: terminalWidth(), color: hasColor() }));
  const root = folder.replace(/[/\\]+$/, "");
  const unwritten = new Map<string, string[]>();
  const written = new Map<string, string>();
  using _drawing = await startDrawing(result, formats);
  const profiles = await profilesOf(result, root);
  for (const { id, render } of inOrder(formats)) {
    // A report may take seconds without a pause: a signal is heard between two of them.
    await new Promise((resolve) => setTimeout(resolve));
    const files = await render(result, checks, profiles);
    try {
      await writeFiles(root, files);
    } catch (error) {
      const reason = reasonOf(error);
      unwritten.set(reason, [...unwritten.get(reason) ?? [], id]);
      continue;
    } finally {
      done(id);
    }
    // Of a report with a folder of its own the folder is named.
    for (const { path } of files) written.set(path.replace(/\/.*/, "/"), id);
  }
  const places = formats.map(({ id }) => id as string);
  const paths = [...written.keys()].toSorted((a, b) =>
    places.indexOf(written.get(a)!) - places.indexOf(written.get(b)!)
  );
  const open = paths.find((path) => written.get(path) === FIRST) ?? paths.at(-1);
  const others = paths.filter((path) => path !== open);
  if (others.length > 0) print(`Written: ${listed(others)} in ${root}`);
  if (open !== undefined) print(`${root}/${open}`);
  for (const [reason, ids] of unwritten) {
    printError(
      `error: Cannot write the ${ids.length === 1 ? "report" : "reports"} ${
        ids.join(", ")
      } in ${root}: ${reason}`,
    );
  }
  return unwritten.size === 0;
}

/** The CPU profiles of a run, which are files beside its result; none are loaded if there are none. */
async function profilesOf(result: Result, folder: string): Promise<Profiles | undefined> {
  if (!result.explanations?.some(({ profile }) => profile !== undefined)) return undefined;
  const { readProfiles } = await import("../../bench/folder/profiles.ts");
  return readProfiles(result, folder);
}

/** Lets a worker draw the plots, if the reports show any; undefined if they show none. */
async function startDrawing(
  result: Result,
  formats: readonly Format[],
): Promise<Disposable | undefined> {
  if (formats.every(({ draws }) => draws === undefined)) return undefined;
  const { drawFor } = await import("../../report/drawings/ahead.ts");
  return drawFor(result, formats);
}

/** Reports without plots first: they are drawn meanwhile. Then the workbook, whose pictures are drawn first. */
function inOrder(formats: readonly Format[]): Format[] {
  const place = ({ draws }: Format): number => draws === undefined ? 0 : draws === "sheet" ? 1 : 2;
  return formats.toSorted((a, b) => place(a) - place(b));
}

/** Writes files into a folder that exists, and makes those below it. */
export async function writeFiles(root: string, files: readonly RenderedFile[]): Promise<void> {
  for (const { path, content } of files) {
    const parent = path.split("/").slice(0, -1);
    if (parent.length > 0) Deno.mkdirSync([root, ...parent].join("/"), { recursive: true });
    const whole = `${root}/${path}`;
    if (typeof content === "string" || content instanceof Uint8Array) writeWhole(whole, content);
    else await writeInPieces(whole, content);
  }
}
