/** Where the browser is, and how it is started. */

/** Names of Chromium, in the order in which they are looked for. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/** Names the program if it is not on PATH. */
const VARIABLE = "WSMARK_BROWSER";

/** No window, and nothing in the background. */
export const CHROMIUM_ARGS: readonly string[] = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/**
 * Finds Chromium: the program that `WSMARK_BROWSER` names, else one on PATH.
 *
 * @returns its path, or what is missing and the remedy, in one line
 */
export function findChromium(
  env: { get(name: string): string | undefined } = Deno.env,
): { readonly path: string } | { readonly missing: string } {
  const named = env.get(VARIABLE) ?? "";
  const onWindows = Deno.build.os === "windows";
  const folders = (env.get("PATH") ?? "").split(onWindows ? ";" : ":").filter((one) => one !== "");
  const onPath = (name: string): string[] =>
    folders.map((folder) => `${folder}/${name}${onWindows ? ".exe" : ""}`);
  const path = [...named === "" ? NAMES.flatMap(onPath) : [named, ...onPath(named)]].find(isFile);
  if (path !== undefined) return { path };
  const what = 'The client "browser" needs Chromium';
  return {
    missing: named === ""
      ? `${what}: install it (apt-get install chromium), or name the program in ${VARIABLE}`
      : `${what}, and ${VARIABLE} names no program: received "${named}"; name one, or install ` +
        `Chromium (apt-get install chromium) and unset ${VARIABLE}`,
  };
}
