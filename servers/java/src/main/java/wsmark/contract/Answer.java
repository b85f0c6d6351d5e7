package wsmark.contract;

import java.util.Map;
import java.util.Optional;
import wsmark.contract.Behaviours.Asked;

/**
 * What a request gets that opens no WebSocket.
 *
 * @param headers its fields, without those of every answer
 */
public record Answer(int status, String text, Map<String, String> headers) {
  private static final Map<String, String> PLAIN =
      Map.of("Content-Type", "text/plain; charset=utf-8");

  private static final Map<String, String> UPGRADE =
      Map.of(
          "Content-Type", "text/plain; charset=utf-8",
          "Upgrade", "websocket",
          "Connection", "Upgrade");

  /**
   * Decides.
   *
   * @param upgrade the value of the request's field Upgrade, or null
   * @return null if it opens a WebSocket
   */
  public static Answer to(String id, Optional<Asked> asked, String upgrade) {
    if (asked.isEmpty()) {
      return new Answer(404, "Not found\n", PLAIN);
    }
    if ("websocket".equalsIgnoreCase(upgrade)) {
      return null;
    }
    if (asked.get().path().equals("/")) {
      return new Answer(200, Behaviours.greeting(id), PLAIN);
    }
    return new Answer(426, "Open a WebSocket here\n", UPGRADE);
  }
}
