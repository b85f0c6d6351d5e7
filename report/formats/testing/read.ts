/** What libraries of others read in the formats of a result. */

import type { Result } from "../../../measure/model/result.ts";
import type { Check } from "../../format.ts";
import { formats } from "../../mod.ts";
import { readersPython } from "../../../checks/testing/needs.ts";

/** What they found, by format. */
export interface Read {
  readonly openmetrics: readonly {
    readonly name: string;
    readonly type: string;
    readonly unit: string;
    readonly samples: readonly [name: string, labels: Record<string, string>, value: number][];
  }[];
  readonly otlp: readonly {
    readonly name: string;
    readonly unit: string;
    readonly data: string;
    readonly points: readonly {
      readonly labels: Record<string, string>;
      readonly value: number;
      readonly buckets: number | null;
      readonly fits: boolean;
    }[];
  }[];
  readonly hlog: readonly {
    readonly tag: string;
    readonly count: number;
    readonly max: number;
    readonly p50: number;
  }[];
  readonly junit: readonly {
    readonly name: string;
    readonly cases: readonly [classname: string, name: string, outcomes: string[]][];
  }[];
}

/** Writes the formats into a folder, and has them read there. */
export async function readByOthers(result: Result, checks: readonly Check[] = []): Promise<Read> {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  try {
    for (const id of ["openmetrics", "otlp", "hlog", "junit"]) {
      const files = await formats.find((format) => format.id === id)!.render(result, checks);
      for (const { path, content } of files) {
        await Deno.writeTextFile(`${folder}/${path}`, content as string);
      }
    }
    const args = [new URL("./read.py", import.meta.url).pathname, folder];
    const { stdout, stderr } = await new Deno.Command(readersPython(), { args }).output();
    const text = new TextDecoder();
    if (stdout.length === 0) throw new Error(text.decode(stderr));
    return JSON.parse(text.decode(stdout));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
