/** Paths without the folders of this machine. */

/** The end of a path that says enough: of a library from its name on, else folder and file. */
export function shortPath(path: string): string {
  const library = /(?:node_modules|registry\.npmjs\.org|site-packages|dist-packages)\/(.*)$/.exec(
    path,
  )?.[1];
  return library ?? path.replace(/^file:\/\//, "").split("/").slice(-2).join("/");
}
