/**
 * A folder for what a browser leaves behind, which goes when the process goes that made it, however it ends.
 *
 * @module
 */

/** Waits until its stdin closes, then for the browser to end, which writes into the folder until then. */
const REMOVE = 'read -r _; sleep 2; rm -rf "$0"; sleep 2; rm -rf "$0"';

/**
 * Makes a folder for temporary files, which is removed some seconds after this process has ended.
 *
 * @returns its path
 */
export function folderThatEnds(): string {
  const folder = Deno.makeTempDirSync({ prefix: "wsmark-browser-" });
  if (Deno.build.os === "windows") return folder;
  // In a group of its own: who kills this process's group does not kill what clears up after it.
  new Deno.Command("sh", {
    args: ["-c", REMOVE, folder],
    detached: true,
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn().unref();
  return folder;
}
