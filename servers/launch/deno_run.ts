/** How a part of wsmark is started as a process of its own: by the Deno that runs this. */

/**
 * What Deno is told before the module that it runs, bundles or looks into. What comes from the network has no
 * `deno.json` beside it, and must not take that of the folder in which the user happens to be.
 *
 * @param module its URL
 */
export function configFlags(module: string): string[] {
  return module.startsWith("file:") ? [] : ["--no-config"];
}

/**
 * Program and arguments that run a module with all permissions.
 *
 * @param module its URL
 * @param flags of Deno
 */
export function denoRun(module: string, flags: readonly string[] = []): string[] {
  return [
    ...[Deno.execPath(), "run", "--quiet", "--allow-all", ...configFlags(module)],
    ...flags,
    module,
  ];
}
