/**
 * The functions of the C library that the epoll transport calls, without an object or a BigInt made per call.
 *
 * @module
 */

/**
 * Lengths are declared as 32-bit numbers where C has `size_t`, and results where it has `ssize_t`: on the 64-bit
 * systems that are supported such an argument is passed in the low half of a register whose high half is cleared, and
 * a result is read from the low half; all lengths here are far below 2^31. Declared as in C each call would make a
 * BigInt.
 */
const SYMBOLS = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  connect: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  bind: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  listen: { parameters: ["i32", "i32"], result: "i32" },
  accept4: { parameters: ["i32", "buffer", "buffer", "i32"], result: "i32" },
  getsockname: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  getsockopt: { parameters: ["i32", "i32", "i32", "buffer", "buffer"], result: "i32" },
  send: { parameters: ["i32", "buffer", "u32", "i32"], result: "i32" },
  recv: { parameters: ["i32", "buffer", "u32", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  epoll_create1: { parameters: ["i32"], result: "i32" },
  epoll_ctl: { parameters: ["i32", "i32", "i32", "buffer"], result: "i32" },
  epoll_wait: { parameters: ["i32", "buffer", "i32", "i32"], result: "i32" },
  clock_gettime: { parameters: ["i32", "buffer"], result: "i32" },
  __errno_location: { parameters: [], result: "pointer" },
} as const satisfies Deno.ForeignLibraryInterface;

/** The C library with the functions that are used here. */
export interface Libc {
  /** The functions. */
  readonly call: Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];
  /** The error number of the last call that failed; to be read at once. */
  errno(): number;
  /** Closes the library. */
  dispose(): void;
}

/** Names of the C library: glibc, then musl. */
const NAMES = [
  "libc.so.6",
  `libc.musl-${Deno.build.arch}.so.1`,
  `/lib/ld-musl-${Deno.build.arch}.so.1`,
];

/**
 * Opens the C library.
 *
 * @throws {Error} on a system that is not 64-bit Linux, or where FFI is not permitted, with the reason as a phrase
 */
export function openLibc(): Libc {
  if (Deno.build.os !== "linux") {
    throw new Error(`epoll is there on Linux only, this is ${Deno.build.os}`);
  }
  let reason = "";
  for (const name of NAMES) {
    try {
      const library = Deno.dlopen(name, SYMBOLS);
      const location = library.symbols.__errno_location();
      if (location === null) throw new Error("errno has no place");
      const errno = new Deno.UnsafePointerView(location);
      return {
        call: library.symbols,
        errno: () => errno.getInt32(),
        dispose: () => library.close(),
      };
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) {
        throw new Error("FFI is not permitted (--allow-ffi)");
      }
      reason ||= (error as Error).message.split("\n")[0]!;
    }
  }
  throw new Error(`the C library cannot be opened: ${reason}`);
}

/** Error numbers that mean something to a transport; the same on all Linux systems that are supported. */
export const ERRNO = { again: 11, interrupted: 4, inProgress: 115, tooManyFiles: 24 } as const;

const ERROR_TEXTS: { readonly [errno: number]: string } = {
  24: "too many open files: raise the limit with ulimit -n",
  32: "broken pipe",
  98: "the address is in use",
  99: "no free port is left: wait a minute, or open fewer connections",
  101: "network unreachable",
  103: "connection aborted",
  104: "connection reset by the server",
  110: "timed out",
  111: "connection refused",
  113: "no route to the host",
};

/** An error number in words. */
export function describeErrno(errno: number): string {
  return ERROR_TEXTS[errno] ?? `error ${errno} of the system`;
}

/** Numbers of Linux's socket and epoll interface. */
export const LINUX = {
  AF_INET: 2,
  SOCK_STREAM: 1,
  SOCK_NONBLOCK: 0o4000,
  SOCK_CLOEXEC: 0o2000000,
  SOL_SOCKET: 1,
  SO_REUSEADDR: 2,
  SO_ERROR: 4,
  IPPROTO_TCP: 6,
  TCP_NODELAY: 1,
  MSG_NOSIGNAL: 0x4000,
  EPOLL_CTL_ADD: 1,
  EPOLL_CTL_DEL: 2,
  EPOLL_CTL_MOD: 3,
  EPOLLIN: 0x1,
  EPOLLOUT: 0x4,
  EPOLLERR: 0x8,
  EPOLLHUP: 0x10,
  CLOCK_MONOTONIC: 1,
} as const;

/** The address of an IPv4 socket as `struct sockaddr_in`. */
export function socketAddress(hostname: string, port: number): Uint8Array<ArrayBuffer> {
  const parts = hostname.split(".").map(Number);
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, LINUX.AF_INET, true);
  view.setUint16(2, port);
  bytes.set(parts, 4);
  return bytes;
}
