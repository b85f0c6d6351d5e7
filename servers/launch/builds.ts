/**
 * Where the servers of a language, or what they need, are once they are built: in the user's cache, in a folder that is
 * named by a digest of their sources and lock file, so that another version of them is another build.
 */

import { createHash } from "node:crypto";
import { cacheFolder } from "./cache.ts";
import { type Language, type LanguageId, languages } from "./languages.ts";
import { presentSources } from "./sources.ts";

/** Where the servers of a language are built from, and to. */
export interface BuildPlace {
  /** Their sources. */
  readonly sources: string;
  /** All builds of the language, and what they share. */
  readonly builds: string;
  /** The build of these sources: complete if it is there. */
  readonly out: string;
}

/** What is noted of a build, in `build.json` in its folder. */
export interface BuildNote {
  /** What built it, as its tool names itself: `go version go1.26.8 linux/amd64`. */
  readonly tool: string;
  /** How long it took, in seconds. */
  readonly seconds: number;
  /** How much it holds, in bytes. */
  readonly bytes: number;
}

/** Folders that a tool makes if it is run by hand, and that are no sources. */
const MADE = ["target", "build", "node_modules", "__pycache__"];

/**
 * Where the servers of a language are built from, and to.
 *
 * @param folder where the builds of all languages are
 * @returns undefined if the user has no cache, or the sources have not been fetched to it: then there is no build
 */
export function placeOfBuild(
  language: LanguageId,
  folder: string | undefined = cacheFolder("servers"),
): BuildPlace | undefined {
  const sources = presentSources(language);
  if (sources === undefined || folder === undefined) return undefined;
  const builds = `${folder}/${language}`;
  const { sources: names }: Language = languages[language];
  return { sources, builds, out: `${builds}/${digestOf(sources, names)}` };
}

/** What is noted of the build at a place; undefined if there is none. */
export function noteOfBuild({ out }: BuildPlace): BuildNote | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(`${out}/build.json`));
  } catch {
    return undefined;
  }
}

/** A digest of the names and contents of some sources in a folder, or of all: 16 hexadecimal digits. */
export function digestOf(folder: string, names: readonly string[] = sourcesIn(folder, "")): string {
  const digest = createHash("sha256");
  for (const path of names.toSorted()) {
    const content = Deno.readFileSync(`${folder}/${path}`);
    digest.update(`${path}\n${content.length}\n`).update(content);
  }
  return digest.digest("hex").slice(0, 16);
}

/** Paths below a folder; tests in TypeScript are no sources. */
function sourcesIn(folder: string, below: string): string[] {
  return [...Deno.readDirSync(`${folder}/${below}`)].flatMap(({ name, isDirectory }) => {
    if (name.startsWith(".") || name.endsWith(".ts") || MADE.includes(name)) return [];
    return isDirectory ? sourcesIn(folder, `${below}${name}/`) : [below + name];
  });
}
