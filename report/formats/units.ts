/** The units of figures as monitoring systems want them: seconds, bytes and ratios. */

/** A unit. */
export interface BaseUnit {
  /** In names of Prometheus: `seconds`; empty for a plain count. */
  readonly name: string;
  /** In UCUM, which OpenTelemetry wants: `s`. */
  readonly ucum: string;
  /** What a figure is multiplied with. */
  readonly factor: number;
}

const SECONDS = { name: "seconds", ucum: "s" };
const BYTES = { name: "bytes", ucum: "By" };

const KNOWN: Readonly<Record<string, BaseUnit>> = {
  "": { name: "", ucum: "1", factor: 1 },
  s: { ...SECONDS, factor: 1 },
  ms: { ...SECONDS, factor: 1e-3 },
  "µs": { ...SECONDS, factor: 1e-6 },
  "µs per message": { name: "seconds_per_message", ucum: "s/{message}", factor: 1e-6 },
  bytes: { ...BYTES, factor: 1 },
  B: { ...BYTES, factor: 1 },
  KiB: { ...BYTES, factor: 2 ** 10 },
  MiB: { ...BYTES, factor: 2 ** 20 },
  "bytes per message": { name: "bytes_per_message", ucum: "By/{message}", factor: 1 },
  "MB/s": { name: "bytes_per_second", ucum: "By/s", factor: 1e6 },
  "1/s": { name: "per_second", ucum: "1/s", factor: 1 },
  "per second": { name: "per_second", ucum: "1/s", factor: 1 },
};

/** The base unit of a metric's unit; percentages are ratios, whatever they are of, and other units keep their words. */
export function baseUnit(unit: string): BaseUnit {
  const known = Object.hasOwn(KNOWN, unit) ? KNOWN[unit] : undefined;
  if (known !== undefined) return known;
  if (/^(?:%|per cent\b)/.test(unit)) return { name: "ratio", ucum: "1", factor: 0.01 };
  const [what, isRate] = unit.endsWith("/s") ? [unit.slice(0, -2), true] : [unit, false];
  const words = snakeCase(what);
  if (words === "") return KNOWN[isRate ? "1/s" : ""]!;
  return {
    name: isRate ? `${words}_per_second` : words,
    ucum: isRate ? `{${words}}/s` : `{${words}}`,
    factor: 1,
  };
}

/** A name of letters, digits and underscores: `service_time` for `serviceTime`, `p99_9` for `p99.9`. */
export function snakeCase(text: string): string {
  return text.replace(/(?<=[a-z\d])(?=[A-Z])/g, "_").toLowerCase()
    .replace(/[^a-z\d]+/g, "_").replace(/^_+|_+$/g, "");
}
