/** Assembles `series.wat`, which is WebAssembly as text: `deno task wasm` writes `series.generated.ts`. */

import wabt from "wabt";

const SOURCE = new URL("./series.wat", import.meta.url);
/** What the bytes are embedded in. */
export const GENERATED: URL = new URL("./series.generated.ts", import.meta.url);

/** The module of `series.wat`, as the text of a file that has its bytes. */
export async function assembled(): Promise<string> {
  const { parseWat } = await wabt();
  const { buffer } = parseWat(SOURCE.pathname, await Deno.readTextFile(SOURCE)).toBinary({});
  return `/** The WebAssembly of series.wat. Made by: deno task wasm */
export const SERIES: Uint8Array<ArrayBuffer> = Uint8Array.fromBase64(
  \`${buffer.toBase64().replace(/.{96}(?!$)/g, "$&\n")}\`,
);
`;
}

if (import.meta.main) await Deno.writeTextFile(GENERATED, await assembled());
