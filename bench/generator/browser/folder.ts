/** A folder for what a browser leaves behind, which is removed after the process that made it ends, however it ends. */

import { MARK } from "../../process/descendants.ts";

/**
 * Waits until its stdin closes, then for the browser to end, which writes into the folder until then. It is nobody's
 * child, and has no mark: whatever ends this process and all that it has started does not end this clean-up.
 */
const REMOVE = `
exec 3<&0
{
  read -r _
  for try in 1 2; do sleep 2; rm -rf "$0"; done
} <&3 3<&- &
`;

/** Makes a folder for temporary files, which is removed some seconds after this process has ended; returns its path. */
export function folderThatEnds(): string {
  const folder = Deno.makeTempDirSync({ prefix: "wsmark-browser-" });
  if (Deno.build.os === "windows") return folder;
  new Deno.Command("sh", {
    args: ["-c", REMOVE, folder],
    detached: true,
    env: { [MARK]: "" },
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn().unref();
  return folder;
}
