/**
 * Bun for the comparison of the generator's engines, where it can be had: a server that is faster than those of Deno.
 *
 * @module
 */

/** An echo on Bun.serve that follows the server contract. Bun as a contender has a file of its own to come. */
export const BUN_SERVER = `
const argumentAfter = (name) => process.argv[process.argv.indexOf(name) + 1];
const hostname = argumentAfter("--hostname");
const server = Bun.serve({
  hostname,
  port: Number(argumentAfter("--port")),
  fetch(request, server) {
    const isEcho = new URL(request.url).pathname === "/echo";
    if (isEcho && server.upgrade(request)) return;
    return new Response("Not found\\n", { status: 404 });
  },
  websocket: { perMessageDeflate: false, message: (socket, message) => void socket.send(message) },
});
for (const last of ["SIGINT", "SIGTERM"]) process.on(last, () => process.exit(0));
for (const last of ["end", "close", "error"]) process.stdin.on(last, () => process.exit(0));
process.stdin.resume();
process.stdout.write(JSON.stringify({
  ready: true,
  url: "ws://" + hostname + ":" + server.port + "/",
  pid: process.pid,
  server: "bun",
  runtime: "bun " + Bun.version,
  library: "Bun.serve " + Bun.version,
}) + "\\n");
`;

/** What {@linkcode findBun} found. */
export interface Bun {
  /** Path, or name on the PATH. */
  readonly program: string;
  /** Version, as `1.4.2`. */
  readonly version: string;
}

/** Finds Bun: on the PATH, or as a package that deno.json does not name. */
export async function findBun(): Promise<Bun | undefined> {
  for (const find of [() => Promise.resolve("bun"), bunOfPackage]) {
    const program = await find();
    const version = program && await output(program, ["--version"]);
    if (version) return { program, version: version.trim() };
  }
  return undefined;
}

/** Where Deno keeps the program of the package, which this fetches where it is not there yet. */
async function bunOfPackage(): Promise<string | undefined> {
  const name = "@oven/bun-linux-x64";
  if (Deno.build.target !== "x86_64-unknown-linux-gnu") return undefined;
  const info = ["info", "--json", "--no-lock"];
  const [graph, places] = await Promise.all([
    output(Deno.execPath(), [...info, `npm:${name}`]),
    output(Deno.execPath(), info),
  ]);
  if (graph === undefined || places === undefined) return undefined;
  const modules: { npmPackage?: string }[] = JSON.parse(graph).modules ?? [];
  const found = modules.find(({ npmPackage }) => npmPackage?.startsWith(`${name}@`))?.npmPackage;
  if (found === undefined) return undefined;
  const version = found.slice(name.length + 1);
  // One folder for each registry that packages came from.
  const { npmCache } = JSON.parse(places);
  return [...Deno.readDirSync(npmCache)]
    .map((registry) => `${npmCache}/${registry.name}/${name}/${version}/bin/bun`)
    .find(isFile);
}

/** What a program prints; undefined where it cannot be started or fails. */
async function output(program: string, args: string[]): Promise<string | undefined> {
  try {
    const command = new Deno.Command(program, {
      args,
      cwd: new URL("../", import.meta.url),
      stderr: "null",
    });
    const { success, stdout } = await command.output();
    return success ? new TextDecoder().decode(stdout) : undefined;
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
