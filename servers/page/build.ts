/**
 * Makes `page.generated.ts`: the page with its style and script as one text in a module, so that a server has it without
 * reading a file, under Deno, Node and Bun and in a bundle.
 *
 * `deno task web` writes it; `build_test.ts` fails if it is older than its sources.
 */

const here = new URL("./", import.meta.url);
const root = new URL("../../", here);

export const GENERATED: URL = new URL("page.generated.ts", here);

export interface Build {
  /** Digest of all files that the page is made of. */
  readonly sources: string;
  /** The module, without that digest. */
  readonly module: string;
}

/** Builds the page. The first time, `deno bundle` fetches its bundler from npm. */
export async function build(): Promise<Build> {
  const html = await Deno.readTextFile(new URL("page.html", here));
  const style = `\n${(await Deno.readTextFile(new URL("page.css", here))).trim()}\n`;
  const script = `\n${(await bundle()).trim()}\n`;
  const page = embed(
    embed(html, '<link rel="stylesheet" href="page.css">', "style", style),
    '<script src="main.ts"></script>',
    "script",
    script,
  );
  const module = `// deno-lint-ignore-file
/**
 * The page as a text: made by \`deno task web\`, not by hand.
 *
 * @module
 */

/** What the page may do: run its one script, use its one style sheet, and open WebSockets. */
export const POLICY: string = [
  "default-src 'none'",
  "script-src '${await digest(script)}'",
  "style-src '${await digest(style)}'",
  "img-src data:",
  "connect-src ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The page; WSMARK_SERVER and WSMARK_PROTOCOL stand for the server that serves it. */
export const PAGE: string = \`${page.replaceAll(/[\\`]|\$(?=\{)/g, "\\$&")}\`;
`;
  return { sources: await sources(), module };
}

/** Replaces the tag that refers to a file by its text. */
function embed(html: string, reference: string, tag: string, text: string): string {
  if (text.includes(`</${tag}`)) {
    throw new SyntaxError(`Cannot embed a ${tag} that has '</${tag}' in it`);
  }
  const [before = "", after, ...more] = html.split(reference);
  if (after === undefined || more.length > 0) {
    throw new SyntaxError(`Cannot build the page as it must have one ${reference}`);
  }
  return `${before}<${tag}>${text}</${tag}>${after}`;
}

export function withSources({ sources, module }: Build): string {
  return `// Sources: ${sources}\n${module}`;
}

/** A digest of all files that the page is made of; it needs neither bundling nor a network. */
export async function sources(): Promise<string> {
  const files = [
    ...await modulesOf("main.ts"),
    "servers/page/page.html",
    "servers/page/page.css",
    "servers/page/build.ts",
  ];
  const texts = await Promise.all(files.map((file) => Deno.readTextFile(new URL(file, root))));
  return await digest(files.map((file, index) => `${file}\n${texts[index]}`).join("\n"));
}

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${new Uint8Array(hash).toBase64()}`;
}

/** A script that a browser runs as it is, of a module and all that it imports. */
function bundle(): Promise<string> {
  return deno("bundle", "--quiet", "--platform=browser", "--format=iife", "servers/page/main.ts");
}

/** A module and all that it imports, as paths from the root of the project. */
async function modulesOf(file: string): Promise<string[]> {
  const graph: { modules: { specifier: string }[] } = JSON.parse(
    await deno("info", "--json", `servers/page/${file}`),
  );
  return graph.modules.map(({ specifier }) => specifier)
    .filter((specifier) => specifier.startsWith(root.href))
    .map((specifier) => specifier.slice(root.href.length)).sort();
}

async function deno(...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  if (!success) throw new Error(`deno ${args.join(" ")} failed: ${utf8.decode(stderr)}`);
  return utf8.decode(stdout);
}

const utf8 = new TextDecoder();

if (import.meta.main) await Deno.writeTextFile(GENERATED, withSources(await build()));
