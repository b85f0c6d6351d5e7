/** The functions of the C library that the transports of Linux call, without an object or a BigInt made per call. */

/**
 * Lengths are declared as 32-bit numbers where C has `size_t`, and results where it has `ssize_t`: on the 64-bit
 * systems that are supported such an argument is passed in the low half of a register whose high half is cleared, and
 * a result is read from the low half; all lengths here are far below 2^31. Declared as in C, each call would make a
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
  shutdown: { parameters: ["i32", "i32"], result: "i32" },
  mmap: { parameters: ["pointer", "usize", "i32", "i32", "i32", "i64"], result: "pointer" },
  munmap: { parameters: ["pointer", "usize"], result: "i32" },
  // The C library has no functions for these; the first argument is the number of the system call.
  io_uring_setup: { name: "syscall", parameters: ["i32", "u32", "buffer"], result: "i32" },
  io_uring_enter: {
    name: "syscall",
    // The last one is a length: it is passed in memory, where a 32-bit number would not clear its high half.
    parameters: ["i32", "i32", "u32", "u32", "u32", "buffer", "pointer"],
    result: "i32",
  },
  io_uring_register: {
    name: "syscall",
    parameters: ["i32", "i32", "u32", "buffer", "u32"],
    result: "i32",
  },
  clock_gettime: { parameters: ["i32", "buffer"], result: "i32" },
  __errno_location: { parameters: [], result: "pointer" },
} as const satisfies Deno.ForeignLibraryInterface;

export interface Libc {
  readonly call: Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];
  /** The error number of the last call that failed; to be read at once. */
  errno(): number;
  dispose(): void;
}

/** Names of the C library: glibc, then musl. */
const NAMES = [
  "libc.so.6",
  `libc.musl-${Deno.build.arch}.so.1`,
  `/lib/ld-musl-${Deno.build.arch}.so.1`,
];

/** The library as long as anybody has it open, and how many have. */
let opened: { readonly libc: Omit<Libc, "dispose">; close(): void; users: number } | undefined;

/**
 * Opens the C library. The first one to do so waits for what calls its functions to be compiled, some 7 ms; others that
 * open it meanwhile get the same.
 *
 * @throws {Error} on a system that is not 64-bit Linux, or if FFI is not permitted, with the reason as a phrase
 */
export function openLibc(): Libc {
  const own = opened ??= load();
  own.users++;
  let isOpen = true;
  return {
    ...own.libc,
    dispose() {
      if (isOpen && --own.users === 0) {
        opened = undefined;
        own.close();
      }
      isOpen = false;
    },
  };
}

function load(): NonNullable<typeof opened> {
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
        libc: { call: library.symbols, errno: () => errno.getInt32() },
        close: () => library.close(),
        users: 0,
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

/** Error numbers that a transport distinguishes; the same on all supported Linux systems. */
export const ERRNO = {
  interrupted: 4,
  again: 11,
  busy: 16,
  tooManyFiles: 24,
  timeIsUp: 62,
  noAddress: 99,
  reset: 104,
  noBuffers: 105,
  inProgress: 115,
  cancelled: 125,
} as const;

const ERROR_TEXTS: { readonly [errno: number]: string } = {
  24: "too many open files: raise the limit with ulimit -n",
  32: "broken pipe",
  98: "the address is in use",
  99: "no free port is left: wait a minute, open fewer connections, or spread them with --source",
  101: "network unreachable",
  103: "connection aborted",
  104: "connection reset by the server",
  110: "timed out",
  111: "connection refused",
  113: "no route to the host",
};

/** What an error number means; `otherwise` if it is not one of the usual ones. */
export function describeErrno(
  errno: number,
  otherwise = `error ${errno} of the system`,
): string {
  return ERROR_TEXTS[errno] ?? otherwise;
}

/**
 * How a stream ended that has no more to read, in words.
 *
 * @param sendError the error that a send met before, which the system tells only once; 0 for none
 */
export function describeEnd(sendError: number): string {
  return sendError === ERRNO.reset ? describeErrno(sendError) : "end of the stream";
}

/** Numbers of Linux's interface of sockets, epoll and memory. */
export const LINUX = {
  AF_INET: 2,
  AF_INET6: 10,
  SOCK_STREAM: 1,
  SOCK_NONBLOCK: 0o4000,
  SOCK_CLOEXEC: 0o2000000,
  SOL_SOCKET: 1,
  SO_REUSEADDR: 2,
  SO_REUSEPORT: 15,
  SO_ERROR: 4,
  IPPROTO_IP: 0,
  IPPROTO_TCP: 6,
  IP_BIND_ADDRESS_NO_PORT: 24,
  TCP_NODELAY: 1,
  TCP_INFO: 11,
  MSG_DONTWAIT: 0x40,
  MSG_WAITALL: 0x100,
  MSG_NOSIGNAL: 0x4000,
  SHUT_RDWR: 2,
  PROT_READ: 1,
  PROT_WRITE: 2,
  MAP_SHARED: 0x1,
  MAP_PRIVATE: 0x2,
  MAP_ANONYMOUS: 0x20,
  MAP_POPULATE: 0x8000,
  EPOLL_CTL_ADD: 1,
  EPOLL_CTL_DEL: 2,
  EPOLL_CTL_MOD: 3,
  EPOLLIN: 0x1,
  EPOLLOUT: 0x4,
  EPOLLERR: 0x8,
  EPOLLHUP: 0x10,
  CLOCK_MONOTONIC: 1,
  CLOCK_PROCESS_CPUTIME_ID: 2,
} as const;

/** The address of a socket, for IPv4 a `struct sockaddr_in` of 16 bytes, for IPv6 a `struct sockaddr_in6` of 28. */
export function socketAddress(ip: string, port: number): Uint8Array<ArrayBuffer> {
  const isV6 = ip.includes(":");
  const bytes = new Uint8Array(isV6 ? 28 : 16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, isV6 ? LINUX.AF_INET6 : LINUX.AF_INET, true);
  view.setUint16(2, port);
  if (isV6) ipv6Groups(ip).forEach((group, index) => view.setUint16(8 + 2 * index, group));
  else bytes.set(ip.split(".").map(Number), 4);
  return bytes;
}

/** The eight groups of an address of IPv6, in which `::` stands for those that are zero (RFC 4291 §2.2). */
function ipv6Groups(ip: string): number[] {
  // A URL holds it without dots, and with no zone.
  const [head = "", tail] = new URL(`http://[${ip}]`).hostname.slice(1, -1).split("::");
  const groups = (text = ""): number[] =>
    text === "" ? [] : text.split(":").map((group) => parseInt(group, 16));
  const [first, last] = [groups(head), groups(tail)];
  return [...first, ...new Array(8 - first.length - last.length).fill(0), ...last];
}
