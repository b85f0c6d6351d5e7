/** Writes the workbook of a session: where it should be, or in the folder for temporary files. */

import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Session } from "../../measure/model/session.ts";
import { createUnused, reasonOf } from "./files.ts";

export function placesFor(path: string): string[] {
  return [path, join(tmpdir(), basename(path))];
}

/**
 * Writes the workbook of a session; no file is overwritten, and one that is incomplete never has the name.
 *
 * @returns its path, undefined if it could not be written, and whether it is where it should be
 */
export async function saveWorkbook(
  session: Session,
  path: string,
  complain: (text: string) => void,
): Promise<{ path: string | undefined; asAsked: boolean }> {
  let bytes: Uint8Array;
  try {
    bytes = await render(session, complain);
  } catch (error) {
    complain(`Cannot make the workbook: ${(error as Error).message}`);
    return { path: undefined, asAsked: false };
  }
  const { writeWhole } = await import("../../bench/folder/files.ts");
  for (const place of placesFor(path)) {
    try {
      const file = createUnused(place);
      file.handle.close();
      try {
        writeWhole(file.path, bytes);
      } catch (error) {
        Deno.removeSync(file.path);
        throw error;
      }
      return { path: file.path, asAsked: place === path };
    } catch (error) {
      complain(`Cannot write ${place}: ${reasonOf(error)}`);
    }
  }
  return { path: undefined, asAsked: false };
}

/** If the picture fails, renders without it. */
async function render(session: Session, complain: (text: string) => void): Promise<Uint8Array> {
  const { renderSession } = await import("../../report/workbook/session.ts");
  try {
    return await renderSession(session);
  } catch (error) {
    const bytes = await renderSession(session, []);
    complain(`The workbook has no picture: ${(error as Error).message}`);
    return bytes;
  }
}

/** Whether a workbook shows all of a session: no message was cut or left out. */
export async function showsAllOf({ exchanges }: Session): Promise<boolean> {
  const { MOST_MESSAGES } = await import("../../report/workbook/session.ts");
  return exchanges.length <= MOST_MESSAGES &&
    !exchanges.some(({ message, reply }) => message?.content.isCut || reply?.content.isCut);
}
