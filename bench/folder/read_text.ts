/** Reads a file that somebody else may have written. */

/** Reads a text file of at most `most` bytes, checked as {@linkcode checkFile} does. */
export function readText(path: string, most: number): string {
  return new TextDecoder().decode(readBytes(path, most));
}

/** The same for bytes. */
export function readBytes(path: string, most: number): Uint8Array<ArrayBuffer> {
  checkFile(path, most);
  return Deno.readFileSync(path);
}

/**
 * Checks that a file can be read to its end.
 *
 * @param most how large it may be, in bytes
 * @throws {SyntaxError} if it is larger, or a folder, a device or a pipe
 * @throws {Error} if there is none, or it cannot be read
 */
export function checkFile(path: string, most: number): void {
  const { size, isFile, isDirectory } = Deno.statSync(path);
  // A device has no size, and no end either.
  if (!isFile) throw new SyntaxError(`${path} is ${isDirectory ? "a folder" : "no file"}`);
  if (size > most) {
    throw new SyntaxError(
      `${path} is too large: it has ${inMegabytes(size)} MB, and at most ${
        inMegabytes(most)
      } are read`,
    );
  }
}

function inMegabytes(bytes: number): string {
  return (Math.ceil(bytes / 1e5) / 10).toLocaleString("en");
}
