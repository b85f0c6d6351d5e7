/**
 * The languages whose servers need something built: what builds it, and how one of them is started. The sources of a
 * language are in the folder of servers/ with its id.
 */

import { setupLine } from "./program_name.ts";

/** A program that must be on the PATH, or a library that a program finds. */
export interface Tool {
  readonly program: string;
  /** What makes it print its version, or fail if it is not what is needed. */
  readonly args: readonly string[];
  /** What there is not if it fails, as a phrase; absent if it is simply not there. */
  readonly lack?: string;
  /** What to install to have it. */
  readonly from: string;
}

/** The folders of a build, as absolute paths. */
export interface BuildFolders {
  /** What is built; nothing is written there. */
  readonly sources: string;
  /** Where what was built goes; it is there, and empty. */
  readonly out: string;
  /** What a build may leave for the next one. */
  readonly kept: string;
}

/** A program that takes part in a build. */
export interface Step {
  readonly command: readonly string[];
  /** Variables of its environment beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A language whose servers need something built. */
export interface Language {
  /** Name in texts. */
  readonly title: string;
  /** The sources that a build depends on, such as lock files; absent if it depends on all. */
  readonly sources?: readonly string[];
  /** What builds its servers; the version of the first one is recorded. */
  readonly tools: readonly [Tool, ...Tool[]];
  /** What runs what was built; absent if that is a program itself. Its option is `--version`. */
  readonly runs?: Pick<Tool, "program" | "from">;
  /** What builds it for all servers, one program after the other, in the folder of the sources. */
  steps(folders: BuildFolders): readonly Step[];
  /** Program and arguments that start one of the servers by what was built into a folder. */
  start(out: string, name: string): readonly string[];
}

/** A library of C or C++ whose headers the compiler must find. */
function library(name: string, header: string, from: string): Tool {
  const args = ["-fsyntax-only", "-include", header, "-x", "c++", "/dev/null"];
  return { program: "g++", lack: name, args, from: `${from} (${setupLine("debian")})` };
}

/** By id, which is the word behind `deno task setup`, too. */
export const languages = {
  go: {
    title: "Go",
    tools: [{ program: "go", args: ["version"], from: "Go 1.26 or later" }],
    steps: ({ out }) => [{
      command: ["go", "build", "-v", "-trimpath", "-o", `${out}/`, "./..."],
      env: { CGO_ENABLED: "0", GOFLAGS: "-mod=readonly -buildvcs=false" },
    }],
    start: (out, name) => [`${out}/${name}`],
  },
  rust: {
    title: "Rust",
    tools: [{ program: "cargo", args: ["--version"], from: "Rust 1.88 or later" }],
    steps: ({ out, kept }) => [
      {
        command: ["cargo", "build", "--release", "--locked"],
        env: { CARGO_TARGET_DIR: kept },
      },
      // Cargo itself can only copy what it installs for the user.
      {
        command: ["find", `${kept}/release`, "-maxdepth", "1", "-type", "f", "-perm", "-u+x"]
          .concat("-exec", "cp", "{}", out, ";"),
      },
    ],
    start: (out, name) => [`${out}/${name}`],
  },
  cpp: {
    title: "C++",
    tools: [
      { program: "g++", args: ["--version"], from: "g++ 9 or later" },
      { program: "make", args: ["--version"], from: "GNU Make" },
      library("OpenSSL", "openssl/ssl.h", "libssl-dev"),
      library("zlib", "zlib.h", "zlib1g-dev"),
      library("Boost.Beast", "boost/beast/version.hpp", "libboost-dev"),
      library("WebSocket++", "websocketpp/version.hpp", "libwebsocketpp-dev"),
      library("libwebsockets", "libwebsockets.h", "libwebsockets-dev"),
    ],
    // A compiler of such templates takes a gigabyte.
    steps: ({ out }) => [{ command: ["make", "--jobs=2", `OUT=${out}`] }],
    start: (out, name) => [`${out}/${name}`],
  },
  java: {
    title: "Java",
    tools: [
      { program: "mvn", args: ["--version"], from: "Maven 3.8 or later, and Java 17 or later" },
      { program: "javac", args: ["--version"], from: "a development kit of Java 17 or later" },
    ],
    runs: { program: "java", from: "Java 17 or later" },
    steps: ({ out, kept }) => [{
      command: ["mvn", "--batch-mode", "--no-transfer-progress", "package"]
        .concat(`-Dwsmark.out=${out}`, `-Dwsmark.kept=${kept}`),
    }],
    start: (out, name) => ["java", "-cp", `${out}/*`, `wsmark.${name}`],
  },
  python: {
    title: "Python",
    sources: ["requirements.txt", "from_source.txt"],
    tools: [
      { program: "python3", args: ["--version"], from: "Python 3.11 or later" },
      {
        program: "python3",
        args: ["-c", "import ensurepip, sys; sys.exit(sys.version_info < (3, 11))"],
        lack: "Python 3.11 or later with pip on the PATH",
        from: "it, on Debian with python3-venv",
      },
    ],
    steps: ({ sources, out }) => [
      { command: ["python3", "-m", "venv", out] },
      pip(out, ["--only-binary", ":all:", "--requirement", `${sources}/requirements.txt`]),
      // Built by what is installed, not by what pip would fetch for that.
      pip(out, ["--no-build-isolation", "--requirement", `${sources}/from_source.txt`]),
    ],
    start: (out) => [`${out}/bin/python`],
  },
} as const satisfies Readonly<Record<string, Language>>;

/** Installs exactly what a file with digests names, in the virtual environment of a build. */
function pip(out: string, args: readonly string[]): Step {
  const install = ["-m", "pip", "install", "--progress-bar", "off", "--no-deps"];
  return { command: [`${out}/bin/python`, ...install, "--require-hashes", ...args] };
}

/** Id of a language whose servers need something built. */
export type LanguageId = keyof typeof languages;
