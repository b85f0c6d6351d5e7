/**
 * Fetches a folder of a package from where the package is, into a folder that is complete if it is there.
 *
 * Started as a program, because what asks for a server's command cannot wait for the network:
 * `deno run -A fetch_sources.ts ROOT FOLDER TARGET`
 */

import { createHash } from "node:crypto";
import { dirname } from "node:path";

/** The part of JSR's metadata of a version that is read. */
interface Metadata {
  /** Files by their path from the root on, as `/servers/go/go.mod`. */
  readonly manifest: Readonly<Record<string, { readonly checksum: string }>>;
}

/**
 * Fetches the files of a folder.
 *
 * @param root URL of the package's version, with a slash at its end
 * @param folder path in the package, without a slash at either end
 * @param target is made, with its parents; another process may make it at the same time
 * @throws {Error} if the manifest or a file cannot be fetched, or a file is not what the manifest says
 */
export async function fetchSources(root: string, folder: string, target: string): Promise<void> {
  const listed = await (await get(`${root.replace(/\/$/, "")}_meta.json`)).json() as Metadata;
  const inside = `/${folder}/`;
  const files = Object.entries(listed.manifest ?? {}).filter(([path]) =>
    path.startsWith(inside) && !path.split("/").includes("..")
  );
  if (files.length === 0) throw new Error(`The package at ${root} has no files in ${folder}`);
  const unfinished = `${target}.${crypto.randomUUID()}`;
  try {
    const fetched = await Promise.allSettled(files.map(async ([path, { checksum }]) => {
      const bytes = await getChecked(root, path, checksum);
      const file = `${unfinished}/${path.slice(inside.length)}`;
      await Deno.mkdir(dirname(file), { recursive: true });
      await Deno.writeFile(file, bytes);
    }));
    for (const one of fetched) if (one.status === "rejected") throw one.reason;
    await fetchBeside(root, listed, target);
    await Deno.rename(unfinished, target).catch(async (error) => {
      if (!(await Deno.stat(target)).isDirectory) throw error;
    });
  } finally {
    await Deno.remove(unfinished, { recursive: true }).catch(() => {});
  }
}

/** The document that all servers answer with: it is beside their folders. */
const DOCUMENT = "document.json";

async function fetchBeside(root: string, { manifest }: Metadata, target: string): Promise<void> {
  const path = `/servers/${DOCUMENT}`;
  const checksum = manifest[path]?.checksum;
  if (checksum === undefined) return;
  const file = `${dirname(target)}/${DOCUMENT}`;
  const unfinished = `${file}.${crypto.randomUUID()}`;
  await Deno.writeFile(unfinished, await getChecked(root, path, checksum));
  await Deno.rename(unfinished, file);
}

/** @throws {Error} if it cannot be fetched, or is not what the manifest says */
async function getChecked(
  root: string,
  path: string,
  checksum: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await (await get(new URL(path.slice(1), root).href)).bytes();
  const found = `sha256-${createHash("sha256").update(bytes).digest("hex")}`;
  if (found === checksum) return bytes;
  throw new Error(`${path} is not what the package's manifest says: ${found}`);
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url, { headers: { accept: "*/*" } }).catch((error: Error) => {
    throw new Error(`${url} cannot be reached: ${error.message}`);
  });
  if (response.ok) return response;
  await response.body?.cancel();
  throw new Error(`${url} answered ${response.status}`);
}

if (import.meta.main) {
  const [root = "", folder = "", target = ""] = Deno.args;
  try {
    await fetchSources(root, folder, target);
  } catch (error) {
    Deno.stderr.writeSync(new TextEncoder().encode(`${(error as Error).message}\n`));
    Deno.exit(1);
  }
}
