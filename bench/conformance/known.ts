/** What the suite has found of servers, kept in the user's cache for the runs that come later. */

import { allCases } from "../../conformance/groups/mod.ts";
import {
  type ConformanceResult,
  countVerdicts,
  integrityOf,
  type ServerConformance,
} from "../../conformance/result.ts";
import { needsEcho } from "../../conformance/choice.ts";
import { suiteId } from "../../conformance/suite_id.ts";
import { sha1 } from "../../clients/wire/handshake/sha1.ts";
import type { ConformanceSummary, ServerDescription } from "../../measure/model/result.ts";
import { cacheFolder } from "../../servers/launch/cache.ts";
import { servers } from "../../servers/mod.ts";
import { writeWhole } from "../folder/files.ts";
import { VERSION } from "../version.ts";

/** A server with its version. */
type Versioned = Pick<ServerDescription, "id" | "library" | "runtime" | "class">;

/** What reports of a run say of a server that was tried. */
export function conformanceSummary(
  { suite, cases }: ConformanceResult,
  { results }: ServerConformance,
): ConformanceSummary {
  const { "non-strict": nonStrict, ...counts } = countVerdicts(results);
  const integrity = integrityOf(cases, results).map(({ what, cases }) => ({
    what,
    cases: [...cases],
  }));
  return { suite, cases: results.length, ...counts, nonStrict, integrity };
}

/** Keeps what was found of the servers of the list on which all cases were run. */
export function keepConformance(
  result: ConformanceResult,
  folder: string | undefined = cacheFolder("conformance"),
): void {
  if (folder === undefined || result.state === "interrupted") return;
  for (const server of result.servers) {
    if (!servers.some(({ id }) => id === server.id) || !isWhole(server)) continue;
    try {
      Deno.mkdirSync(folder, { recursive: true });
      writeWhole(fileOf(folder, server), JSON.stringify(conformanceSummary(result, server)));
    } catch {
      // A cache that cannot be written is none.
    }
  }
}

/** Whether all cases were run that can be run on it. */
function isWhole({ results, onlyLayer, givenUp }: ServerConformance): boolean {
  const forServers = allCases.filter(({ role }) => role !== "client");
  const due = onlyLayer === undefined ? forServers : forServers.filter((one) => !needsEcho(one));
  return givenUp === undefined && results.length === due.length;
}

/** What is known of this version of a server of the list by the cases of now; undefined if nothing is. */
export async function knownConformance(
  server: Versioned,
  folder: string | undefined = cacheFolder("conformance"),
): Promise<ConformanceSummary | undefined> {
  if (folder === undefined || server.library === undefined) return undefined;
  let text: string;
  try {
    text = await Deno.readTextFile(fileOf(folder, server));
  } catch {
    return undefined;
  }
  const { ConformanceSummary } = await import("../../measure/model/result_schema.ts");
  try {
    const { success, data } = ConformanceSummary.safeParse(JSON.parse(text));
    return success && data.suite === suiteId(allCases) ? data as ConformanceSummary : undefined;
  } catch {
    return undefined;
  }
}

function fileOf(folder: string, { id, library, runtime, ...set }: Versioned): string {
  const version = [VERSION, id, library, runtime, ...set.class === undefined ? [] : [set.class]];
  return `${folder}/${id}-${sha1(JSON.stringify(version)).toHex()}.json`;
}
