/** CPU profiles in the format of speedscope, which other programs read, too: https://www.speedscope.app/file-format-schema.json */

import { type CpuProfile, type Frame, frameKey, type Kind, KINDS, total } from "./profile.ts";

const SCHEMA = "https://www.speedscope.app/file-format-schema.json";

/** A file of speedscope as it is written here; its schema allows the fields that are wsmark's own. */
interface File {
  readonly version: string;
  readonly $schema: string;
  readonly name: string;
  readonly exporter: string;
  readonly activeProfileIndex: number;
  /** Only wsmark's: what took it, and what was left out. */
  readonly wsmark: { readonly by: string; readonly leftOut?: number };
  readonly shared: { readonly frames: readonly Frame[] };
  readonly profiles: readonly {
    readonly type: "sampled";
    readonly name: string;
    readonly unit: "microseconds";
    readonly startValue: number;
    readonly endValue: number;
    readonly samples: readonly (readonly number[])[];
    readonly weights: readonly number[];
  }[];
}

/**
 * Writes a profile as a file of speedscope.
 *
 * @param title what it is a profile of
 */
export function toSpeedscope({ by, stacks, leftOut }: CpuProfile, title: string): string {
  const frames: Frame[] = [];
  const places = new Map<string, number>();
  const placeOf = (frame: Frame): number => {
    const key = frameKey(frame);
    const place = places.get(key) ?? frames.push(frame) - 1;
    places.set(key, place);
    return place;
  };
  const samples = stacks.map((stack) => stack.frames.map(placeOf));
  const file: File = {
    version: "0.0.1",
    $schema: SCHEMA,
    name: title,
    exporter: "wsmark",
    activeProfileIndex: 0,
    wsmark: { by, ...(leftOut !== undefined && { leftOut }) },
    shared: { frames },
    profiles: [{
      type: "sampled",
      name: title,
      unit: "microseconds",
      startValue: 0,
      endValue: total(stacks),
      samples,
      weights: stacks.map(({ us }) => us),
    }],
  };
  return JSON.stringify(file);
}

/**
 * Reads what {@linkcode toSpeedscope} has written, whoever changed it since.
 *
 * @throws {SyntaxError} if it is something else
 */
export function fromSpeedscope(text: string): CpuProfile {
  const file: unknown = JSON.parse(text);
  const shared = asRecord(asRecord(file).shared);
  const frames = asList(shared.frames).map(frameOf);
  const [first] = asList(asRecord(file).profiles);
  const { samples, weights, type } = asRecord(first);
  if (type !== "sampled") throw new SyntaxError("Cannot read the profile: it has no samples");
  const us = asList(weights);
  const { by, leftOut } = asRecord(asRecord(file).wsmark ?? {});
  return {
    by: typeof by === "string" ? by : "another program",
    stacks: asList(samples).map((sample, index) => {
      const weight = us[index];
      if (typeof weight !== "number" || !Number.isFinite(weight)) throw notOurs("weights");
      return {
        us: weight,
        frames: asList(sample).map((place) => {
          const frame = frames[place as number];
          if (frame === undefined) throw notOurs("frames");
          return frame;
        }),
      };
    }).filter((stack) => stack.frames.length > 0),
    ...(typeof leftOut === "number" && { leftOut }),
  };
}

function frameOf(value: unknown): Frame {
  const { name, kind, file, line } = asRecord(value);
  if (typeof name !== "string") throw notOurs("frames");
  return {
    name,
    kind: KINDS.includes(kind as Kind) ? kind as Kind : "user",
    ...(typeof file === "string" && { file }),
    ...(typeof line === "number" && { line }),
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw notOurs("objects");
  return value as Record<string, unknown>;
}

function asList(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw notOurs("lists");
  return value;
}

function notOurs(what: string): SyntaxError {
  return new SyntaxError(`Cannot read the profile: its ${what} are not as speedscope has them`);
}
