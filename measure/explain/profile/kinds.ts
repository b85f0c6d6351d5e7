/** Whose code a function is, by its name and where it is. */

import type { Kind } from "./profile.ts";

/** A function as a profiler of machine code sees it. */
export interface MachineSymbol {
  /** Its name. */
  readonly name: string;
  /** The program or library that has it, or the name of a table of compiled code. */
  readonly place: string;
}

/** What runs the servers of a language: its functions are the runtime's. */
const RUNTIMES = /^(deno|node|nodejs|bun|bun\.exe|python[\d.]*|pypy[\d.]*|ruby[\d.]*|perl[\d.]*)$/;
/** Libraries of the system that a language brings or needs. */
const SYSTEM_LIBRARIES =
  /^(libc|libm|libpthread|libdl|librt|libgcc_s|libstdc\+\+|libc\+\+|ld-linux|ld-musl|libjvm|libnio|libnet|libjava|libpython|libruby|libperl|linux-vdso|\[vdso\]|\[vsyscall\])/;

/** Whose code a function is that a profiler of machine code has found. */
export function kindOfSymbol({ name, place }: MachineSymbol): Kind {
  if (place.startsWith("[kernel") || place.startsWith("[guest.kernel") || isModule(place)) {
    return "kernel";
  }
  const file = place.slice(place.lastIndexOf("/") + 1);
  if (/^perf-\d+\.map$/.test(file)) return kindOfCompiled(name);
  // What was put into memory without a name is compiled JavaScript, as Bun's.
  if (place === "[unknown]" || place === "//anon" || place.startsWith("anon_")) return "runtime";
  if (RUNTIMES.test(file) || SYSTEM_LIBRARIES.test(file)) return "runtime";
  if (/\.so(\.\d+)*$/.test(file)) return "library";
  return kindOfNative(name);
}

/** Modules of the kernel are in brackets: `[nf_conntrack]`. */
function isModule(place: string): boolean {
  return /^\[\w+\]$/.test(place) &&
    !["[unknown]", "[vdso]", "[vsyscall]", "[heap]", "[stack]"].includes(place);
}

/** Whose a function is that was compiled as the server ran: JavaScript by V8, or Java. */
function kindOfCompiled(name: string): Kind {
  const script = /^(?:JS|Function|Script|Eval|LazyCompile):/.test(name)
    ? /\s(\S+?)(?::\d+)*$/.exec(name)?.[1]
    : undefined;
  if (script !== undefined) return kindOfScript(script);
  return /^(?:[\w.$[\]]+ )?[\w$]+(?:\.[\w$]+)+\(/.test(name) ? kindOfJava(name) : "runtime";
}

/** Whose a script is, by its URL or path. */
export function kindOfScript(url: string): Kind {
  if (url === "" || /^(node|ext|internal|checkin|bun|native):|^\[native/.test(url)) {
    return "runtime";
  }
  return /\/node_modules\/|^(npm|jsr|https?):|\/deno\/(npm|remote)\/|registry\.npmjs/.test(url)
    ? "library"
    : "user";
}

/** Whose a function of Python is, by its file; without one it is the interpreter's. */
export function kindOfPython(file: string): Kind {
  if (/\/(site|dist)-packages\//.test(file)) return "library";
  return file === "" || file.startsWith("<") || /\/lib\/(python|pypy)[\d.]+\//.test(file)
    ? "runtime"
    : "user";
}

/** Whose a method of Java is, by its package; with or without what it returns in front. */
export function kindOfJava(name: string): Kind {
  const method = /([\w$]+(?:\.[\w$]+)+)\(/.exec(name)?.[1] ?? name;
  if (/^(java|javax|jdk|sun|com\.sun|kotlin)\./.test(method)) return "runtime";
  return /^wsmark\./.test(method) || isOwnPackage(method) ? "user" : "library";
}

/** A class without a package is nobody's library. */
function isOwnPackage(method: string): boolean {
  return method.split(".").length < 3;
}

/** Whose a function of Go, Rust, C or C++ is that is in the server's program. */
function kindOfNative(name: string): Kind {
  const go = /^((?:[\w.~-]+\/)*)([\w.~-]+?)\.[\w(*]/.exec(name);
  if (go !== null && !name.includes("::")) return kindOfGo(name);
  // `<axum::WebSocket as core::Trait>::call` is of the type's crate.
  const first = /^[<&*(mut ]*((?:\w|\{[^}]*\}|\(anonymous namespace\))+)::/.exec(name)?.[1];
  if (first === undefined) {
    return /^(lws_|_?SSL_|EVP_|inflate|deflate)/.test(name) ? "library" : "user";
  }
  if (/^(core|std|alloc|__gnu_cxx|__cxxabiv1)$/.test(first)) return "runtime";
  if (/^wsmark|anonymous namespace/.test(first) || /\bwsmark_|<(\w+)::.* as wsmark/.test(name)) {
    return "user";
  }
  return "library";
}

/** Whose a function of Go is: the first part of a path of a library has a dot, as it is a host. */
export function kindOfGo(name: string): Kind {
  // Of generic functions the brackets hold other paths.
  const path = name.replace(/\[.*\]/, "");
  const [first = ""] = path.split("/");
  if (path.includes("/")) {
    if (first.includes(".")) return "library";
    return /^(wsmark|main)$/.test(first) ? "user" : "runtime";
  }
  return first.startsWith("main.") ? "user" : "runtime";
}
