package wsmark.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.LogManager;
import java.util.stream.Collectors;

/**
 * A server as its file describes it, and what runs it as a program.
 *
 * @param id its id in the list of servers
 * @param library what it runs on, a name in front of its version
 * @param module group and artifact of the library: `io.netty:netty-codec-http`
 * @param notes what was set differently from the defaults and what its limits are, a sentence each
 * @param lacks what it cannot do, each with the reason as a phrase; the list of servers says the same
 */
public record Server(
    String id, String library, String module, List<String> notes, Map<String, String> lacks) {
  public static final String NO_LOGGING = "No logging, no idle timeout.";
  public static final String NO_DELAY = "TCP_NODELAY is set on every connection.";
  public static final String MOST_BYTES = "Messages of up to 64 MiB.";
  public static final String BACKPRESSURE =
      "A connection whose client does not read its replies is not read any further.";
  public static final String UNLIMITED =
      "What is broadcast, or sent by itself, and not read is queued in memory without limit.";

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
        "%s on %d of the machine's CPUs, with its defaults."
            .formatted(System.getProperty("java.vm.name"), threads()));
    all.addAll(notes);
    String named = library + " " + version();
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
          id, named, Options.LINES, String.join("\n", all));
      return;
    }
    // The default handler ends with 143 and 130.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
    try {
      announce(named, all, address.url(start.at(address)));
    } catch (Exception error) {
      fail(explain(error, address));
    }
    Thread end = new Thread(Server::endWithStdin);
    end.setDaemon(true);
    end.start();
  }

  /** How many threads handle connections: as many as CPUs that it may use. */
  public static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** The version of the library, as its archive says. */
  private String version() {
    String path = "/META-INF/maven/%s/pom.properties".formatted(module.replace(':', '/'));
    Properties properties = new Properties();
    try (InputStream file = Server.class.getResourceAsStream(path)) {
      properties.load(file);
    } catch (IOException | NullPointerException error) {
      fail("Cannot tell the version of %s: its archive has no %s".formatted(module, path));
    }
    return properties.getProperty("version");
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

  private void announce(String named, List<String> all, String url) {
    String runtime = "java " + Runtime.version().toString().split("\\+")[0];
    long pid = ProcessHandle.current().pid();
    if (System.console() != null) {
      System.out.printf("%s at %s (%s, %s); Ctrl-C stops it%n", id, url, named, runtime);
      return;
    }
    String texts = all.stream().map(Server::quoted).collect(Collectors.joining(","));
    System.out.println(
        "{\"ready\":true,\"url\":%s,\"pid\":%d,\"server\":%s,\"runtime\":%s,\"library\":%s,\"notes\":[%s]}"
            .formatted(quoted(url), pid, quoted(id), quoted(runtime), quoted(named), texts));
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
