/** The files that are published, and what a copy of them needs to run by itself. */

const ROOT = new URL("../../", import.meta.url);

/** What the manifest of a clone has for its own work alone. */
const FOR_CLONES = ["tasks", "publish", "lint", "fmt", "test", "exclude"];

/**
 * The files that `deno publish` would take, as `deno.json` says, from the root on.
 *
 * @throws {Error} with what Deno said, if it would not publish them
 */
export async function publishedFiles(): Promise<readonly string[]> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", "--dry-run", "--no-check", "--allow-dirty"],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stderr);
  if (!success) throw new Error(`deno publish --dry-run failed: ${said.slice(-2000)}`);
  return [...said.matchAll(/^ +(file:\/\/\S+) \([^)]+\)$/gm)].map(([, url]) =>
    decodeURIComponent(url!.slice(ROOT.href.length))
  );
}

/**
 * Copies what is published into a folder, so that it runs there, wherever that is: with packages in Deno's own cache,
 * each in the version of `deno.lock`. That file itself is only read by wsmark: with it Deno would fetch all packages at
 * once, 400 MB, and not those alone that are used.
 */
export async function copyProgram(folder: string): Promise<void> {
  for (const path of [...await publishedFiles(), "deno.lock"]) {
    const target = `${folder}/${path}`;
    await Deno.mkdir(target.replace(/\/[^/]*$/, ""), { recursive: true });
    if (path !== "deno.json") await Deno.copyFile(new URL(path, ROOT), target);
  }
  const manifest = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  for (const name of FOR_CLONES) delete manifest[name];
  const own = { ...manifest, imports: await exactImports(manifest.imports), lock: false };
  const text = JSON.stringify({ ...own, nodeModulesDir: "none" }, undefined, 2);
  await Deno.writeTextFile(`${folder}/deno.json`, `${text}\n`);
}

/** Packages of npm in the versions that `deno.lock` has. */
async function exactImports(
  imports: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const { specifiers, workspace }: Lock = JSON.parse(
    await Deno.readTextFile(new URL("deno.lock", ROOT)),
  );
  const nameOf = (specifier: string): string => specifier.slice(0, specifier.lastIndexOf("@"));
  // The lock writes a range in the shortest way: ^2.0.0 as 2.
  const locked = new Map(workspace.dependencies.map((one) => [nameOf(one), specifiers[one]]));
  return Object.fromEntries(
    Object.entries(imports).map(([name, wanted]) => {
      if (!wanted.startsWith("npm:")) return [name, wanted];
      // What is resolved with its peers reads `8.21.3_bufferutil@4.0.9`.
      const version = locked.get(nameOf(wanted))?.replace(/_.*$/, "");
      if (version === undefined) throw new Error(`deno.lock has no version of ${wanted}`);
      return [name, `${nameOf(wanted)}@${version}`];
    }),
  );
}

/** The part of `deno.lock` that is read. */
interface Lock {
  /** Versions by what was asked for. */
  readonly specifiers: Readonly<Record<string, string>>;
  readonly workspace: { readonly dependencies: readonly string[] };
}

/** A digest of all files in a folder, as 16 hexadecimal digits. */
export async function digestOfFolder(folder: string): Promise<string> {
  const lines: string[] = [];
  async function add(below: string): Promise<void> {
    for await (const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)) {
      if (isDirectory) await add(`${below}${name}/`);
      else lines.push(`${below}${name} ${await sha256(`${folder}/${below}${name}`)}`);
    }
  }
  await add("");
  return (await hex(new TextEncoder().encode(lines.sort().join("\n")))).slice(0, 16);
}

async function sha256(path: string): Promise<string> {
  return await hex(await Deno.readFile(path));
}

async function hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/**
 * Runs a program to its end; what it prints goes to stderr unless it is asked for.
 *
 * @returns what it printed
 * @throws {Error} if it fails
 */
export async function runToEnd(
  command: readonly [string, ...string[]],
  cwd: string,
): Promise<string> {
  const [program, ...args] = command;
  const { success, code, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (!success) {
    throw new Error(`${program} ended with ${code}: ${decoder.decode(stderr).slice(-2000)}`);
  }
  return decoder.decode(stdout);
}

/** Size in megabytes, for people. */
export function megabytes(path: string): string {
  return `${(Deno.statSync(path).size / 1e6).toFixed(1)} MB`;
}
