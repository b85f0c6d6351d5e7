/** The content of a file of a format, for tests. */

import type { RenderedFile } from "../../format.ts";

/** The text of the file with this path; of the only one if none is named. */
export function textOf(files: readonly RenderedFile[], path = files[0]?.path): string {
  const file = files.find((one) => one.path === path);
  if (typeof file?.content !== "string") throw new RangeError(`No text of ${path}`);
  return file.content;
}
