package wsmark.contract;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A server as its file describes it, and what runs it as a program.
 *
 * @param id its id in the list of servers
 * @param library what it runs on, with versions: see {@link #release}
 * @param notes what was set differently from the defaults and what its limits are, a sentence each
 * @param lacks what it cannot do, each with the reason as a phrase; the list of servers says the same
 */
public record Server(
    String id, String library, List<String> notes, Map<String, String> lacks) {
  public static final String NO_LOGGING = "No logging, no idle timeout.";
  public static final String NO_DELAY = "TCP_NODELAY is set on every connection.";
  public static final String MOST_BYTES = "Messages of up to 64 MiB.";
  public static final String BACKPRESSURE =
      "A connection whose client does not read its replies is not read any further.";
  public static final String LOOPS =
      "Event loops, each in one thread, over Java's NIO: %d.".formatted(eventLoops());
  public static final String UNLIMITED =
      "What is broadcast, or sent by itself, and not read is queued in memory without limit.";

  /** What some lack. */
  public static final Map<String, String> ONLY_AS_ASKED =
      Map.of("no-takeover", "it goes without only where the client asks for that");

  /** Starts to listen. */
  @FunctionalInterface
  public interface Start {
    /**
     * @return the port that it listens on
     */
    int at(Address address) throws Exception;
  }

  /**
   * Runs a server until SIGINT, SIGTERM, or the end of a stdin that is a pipe or a socket; then its exit code is 0. Wrong
   * options, or an address that is not available, end it with one line on stderr and exit code 2.
   */
  public void run(String[] args, Start start) {
    LogManager.getLogManager().reset();
    List<String> all = new ArrayList<>();
    all.add(
        "%s on %d of the machine's CPUs, with its defaults: garbage is collected, and code compiled, in threads of their own."
            .formatted(
                System.getProperty("java.vm.name"), Runtime.getRuntime().availableProcessors()));
    all.addAll(notes);
    Address address;
    try {
      address = Options.read(List.of(args), id, lacks);
    } catch (Options.Wrong wrong) {
      fail(wrong.getMessage());
      return;
    }
    if (address == null) {
      System.out.printf(
          "The wsmark server %s (%s)%n%n%s  --help         this text%n%n%s%n",
          id, library, Options.LINES, String.join("\n", all));
      return;
    }
    // The default handler ends with 143 and 130.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
    try {
      announce(all, address.url(start.at(address)));
    } catch (Exception error) {
      fail(explain(error, address));
    }
    Thread end = new Thread(Server::endWithStdin);
    end.setDaemon(true);
    end.start();
    waitForEver();
  }

  /** Some libraries have no thread that keeps the process. */
  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * How many event loops a server has, where its library has such: one, as a runtime of JavaScript or Python has, unless
   * --workers has told Java how many processors to use.
   */
  public static int eventLoops() {
    String options = System.getenv("JDK_JAVA_OPTIONS");
    return options != null && options.contains("-XX:ActiveProcessorCount=")
        ? Runtime.getRuntime().availableProcessors()
        : 1;
  }

  /**
   * A library with its version, as `Netty 4.2.20.Final`.
   *
   * @param artifact the name of its archive, in front of the version: the archives of a build are all on the class path
   */
  public static String release(String library, String artifact) {
    Pattern named = Pattern.compile(Pattern.quote(artifact) + "-([0-9].*)\\.jar");
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(path -> named.matcher(Path.of(path).getFileName().toString()))
        .filter(Matcher::matches)
        .map(archive -> library + " " + archive.group(1))
        .findFirst()
        .orElseGet(
            () -> {
              fail(
                  "Cannot tell the version of %s: no %s-VERSION.jar is on the class path"
                      .formatted(library, artifact));
              return library;
            });
  }

  private static String explain(Exception error, Address address) {
    String where = "Cannot listen on %s, port %d: ".formatted(address.hostname(), address.port());
    Throwable cause = error;
    while (cause.getCause() != null && !(cause instanceof BindException)) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    if (message.contains("in use")) {
      return where + "it is taken; give another --port, or --port 0 for a free one";
    }
    if (message.contains("ermission denied")) {
      return where + "permission denied; give a --port above 1023";
    }
    if (message.contains("assign requested address")
        || cause instanceof UnknownHostException
        || cause instanceof UnresolvedAddressException) {
      return where
          + "not an address of this machine; give another --hostname, such as "
          + Options.HOSTNAME;
    }
    return where + message + "; check --hostname and --port";
  }

  private void announce(List<String> all, String url) {
    String runtime = "java " + Runtime.version().toString().split("\\+")[0];
    long pid = ProcessHandle.current().pid();
    if (System.console() != null) {
      System.out.printf("%s at %s (%s, %s); Ctrl-C stops it%n", id, url, library, runtime);
      return;
    }
    String texts = all.stream().map(Server::quoted).collect(Collectors.joining(","));
    System.out.println(
        "{\"ready\":true,\"url\":%s,\"pid\":%d,\"server\":%s,\"runtime\":%s,\"library\":%s,\"notes\":[%s]}"
            .formatted(quoted(url), pid, quoted(id), quoted(runtime), quoted(library), texts));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * A runner that was killed cannot send a signal any more, but its end of the pipe closes. A terminal, a file and
   * /dev/null are left alone: `server &`, nohup and systemd give one of them.
   */
  private static void endWithStdin() {
    try {
      Path stdin = Path.of("/dev/stdin").toRealPath();
      if (Files.exists(stdin)) {
        return;
      }
    } catch (IOException isPipeOrSocket) {
      // The link leads to pipe:[N] or socket:[N], which is no path.
    }
    try {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException error) {
      // A reset is an end, too.
    }
    Runtime.getRuntime().halt(0);
  }

  private static void fail(String message) {
    System.err.println(message);
    Runtime.getRuntime().halt(2);
  }
}
