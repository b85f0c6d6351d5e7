/**
 * Files of the packages that plots need beside their code. A package is fetched when it is imported: only then has it
 * files.
 *
 * @module
 */

async function read(url: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  return await Deno.readFile(new URL(url));
}

/** The font of all pictures, DejaVu Sans as TrueType. */
export async function readFont(): Promise<Uint8Array> {
  await import("dejavu-fonts-ttf/package.json", { with: { type: "json" } });
  return await read(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"));
}

/** The renderer of pictures, as WebAssembly. */
export async function readResvg(): Promise<Uint8Array<ArrayBuffer>> {
  await import("@resvg/resvg-wasm");
  return await read(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm"));
}
