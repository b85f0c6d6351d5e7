package wsmark.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** What the servers in Java answer, whatever the library; the same as in behaviours.ts. */
public final class Behaviours {
  /** The largest message that a server is set to accept. */
  public static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

  /** What /json answers with: document.json in its shortest form, 1,024 bytes of UTF-8. */
  public static final String DOCUMENT = document();

  private static final Map<String, Behaviour> BY_PATH =
      Map.of(
          "/", Behaviour.ECHO,
          "/echo", Behaviour.ECHO,
          "/tag", Behaviour.TAG,
          "/json", Behaviour.JSON,
          "/broadcast", Behaviour.BROADCAST);

  private static final Pattern ROOM = Pattern.compile("/room/[0-9]{1,9}");

  private Behaviours() {}

  /** What a server does with a message; it is chosen by path. */
  public enum Behaviour {
    ECHO,
    TAG,
    JSON,
    BROADCAST,
    /** It sends by itself. */
    PUSH
  }

  /**
   * What a path asks for.
   *
   * @param path the one without a query: those at the same one get what is sent to all
   */
  public record Asked(Behaviour behaviour, String path) {
    /** Whether what it sends goes to others. */
    public boolean isBroadcast() {
      return behaviour == Behaviour.BROADCAST;
    }
  }

  /** What a target, with or without a query, asks for; empty if it is unknown. */
  public static Optional<Asked> askedAt(String target) {
    String path = target.split("\\?", 2)[0];
    return Optional.ofNullable(behaviourAt(path)).map(known -> new Asked(known, path));
  }

  private static Behaviour behaviourAt(String path) {
    if (ROOM.matcher(path).matches()) {
      return Behaviour.BROADCAST;
    }
    return Stream.PATH.matcher(path).matches() ? Behaviour.PUSH : BY_PATH.get(path);
  }

  /** What /tag answers: the text received with " - N" appended, N random in 0…999. */
  public static String tag(String text) {
    return text + " - " + ThreadLocalRandom.current().nextInt(1000);
  }

  /** What a plain GET of / answers. */
  public static String greeting(String id) {
    return "wsmark server "
        + id
        + ": open a WebSocket at /echo, /tag, /json, /broadcast, /room/N, /push/RATE/SIZE\n";
  }

  private static String document() {
    try (InputStream file = Behaviours.class.getResourceAsStream("/document.json")) {
      return shortest(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** JSON without the spaces that are outside of its strings. */
  private static String shortest(String json) {
    StringBuilder shortest = new StringBuilder();
    boolean isInString = false;
    for (int at = 0; at < json.length(); at++) {
      char character = json.charAt(at);
      if (character == '"' && (at == 0 || json.charAt(at - 1) != '\\')) {
        isInString = !isInString;
      }
      if (isInString || !Character.isWhitespace(character)) {
        shortest.append(character);
      }
    }
    return shortest.toString();
  }
}
