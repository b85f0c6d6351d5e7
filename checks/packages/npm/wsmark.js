#!/usr/bin/env node
/**
 * Starts wsmark under the Deno that npm has installed with it. Deno runs no TypeScript that is in a node_modules, so the
 * sources are copied into the user's cache at the first start. Plain JavaScript for Node 18 and later.
 */

"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { version, digest } = require("../package.json");

/** Ends with one line that says what is wrong. */
function fail(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exit(2);
}

/** The program of the package `deno`. */
function findDeno() {
  try {
    const folder = path.dirname(require.resolve("deno/package.json"));
    const program = path.join(folder, process.platform === "win32" ? "deno.exe" : "deno");
    // Not there yet if npm was told to run no scripts.
    return fs.existsSync(program) ? program : require("deno/install_api.cjs").runInstall();
  } catch (error) {
    const [reason] = String(error.message).split("\n");
    return fail(
      `There is no Deno for ${process.platform} ${process.arch}, which npm installs with wsmark: ` +
        `install wsmark again, with optional dependencies (${reason})`,
    );
  }
}

/** As servers/launch/cache.ts has it. */
function cacheFolder() {
  const home = process.env.HOME;
  const places = [
    process.env.XDG_CACHE_HOME,
    process.env.LOCALAPPDATA,
    (home || os.homedir()) && path.join(home || os.homedir(), ".cache"),
  ];
  return places.find((one) => one && path.isAbsolute(one));
}

/** The copy of the sources that Deno can run; it is complete if it is there. */
function programFolder() {
  const cache = cacheFolder();
  if (!cache) return fail("There is no folder for wsmark's cache: set HOME or XDG_CACHE_HOME");
  const target = path.join(cache, "wsmark", "program", `${version}-${digest}`);
  if (fs.existsSync(target)) return target;
  const unfinished = `${target}.${process.pid}`;
  try {
    copy(path.join(__dirname, "..", "program"), unfinished);
    fs.renameSync(unfinished, target);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    // Another process may have been faster.
    if (!fs.existsSync(target)) fail(`Cannot write ${target}: ${error.message}`);
  }
  return target;
}

/** Files of a package may be read-only, or links into a store of others. */
function copy(from, to) {
  fs.mkdirSync(to, { recursive: true });
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copy(source, target);
    else fs.writeFileSync(target, fs.readFileSync(source));
  }
}

const deno = findDeno();
const main = path.join(programFolder(), "cli", "wsmark.ts");
const args = ["run", "--quiet", "--allow-all", main, ...process.argv.slice(2)];
const env = {
  ...process.env,
  DENO_NO_UPDATE_CHECK: "1",
  WSMARK_PROGRAM: process.env.npm_command === "exec" ? "npx wsmark" : "wsmark",
};

// From Node 22.15 on Deno takes the place of this process, and all signals are its own.
if (typeof process.execve === "function" && process.platform !== "win32") {
  process.execve(deno, [deno, ...args], env);
}

const child = spawn(deno, args, { stdio: "inherit", env });
child.on("error", (error) => fail(`Cannot start ${deno}: ${error.message}`));

// A terminal sends Ctrl-C to both: passed on, it would count twice.
const hasTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (signal !== "SIGINT" || !hasTerminal) child.kill(signal);
  });
}
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
