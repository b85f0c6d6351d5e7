package wsmark;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.KeyCertOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import wsmark.contract.Address;
import wsmark.contract.Answer;
import wsmark.contract.Behaviours;
import wsmark.contract.Behaviours.Asked;
import wsmark.contract.Conversation;
import wsmark.contract.Rooms;
import wsmark.contract.Server;

/** Vert.x, its HTTP server. */
public final class VertxServer {
  private static final Server SERVER =
      new Server(
          "vertx",
          Server.release("Vert.x", "vertx-core"),
          List.of(
              "One event loop, in one thread, over Java's NIO.",
              "No compression unless a case asks for it, then of every message, at level 6, its default.",
              Server.NO_LOGGING,
              Server.NO_DELAY,
              Server.MOST_BYTES,
              Server.BACKPRESSURE,
              Server.UNLIMITED),
          Server.ONLY_AS_ASKED);

  private final Address address;
  private final Rooms<Conversation<Message>> rooms = new Rooms<>();

  private VertxServer(Address address) {
    this.address = address;
  }

  public static void main(String[] args) {
    SERVER.run(args, address -> new VertxServer(address).start());
  }

  private int start() throws Exception {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    return vertx
        .createHttpServer(options())
        .requestHandler(VertxServer::answer)
        .webSocketHandshakeHandler(
            handshake -> {
              if (Behaviours.askedAt(handshake.uri()).isPresent()) {
                handshake.accept();
              } else {
                handshake.reject(404);
              }
            })
        .webSocketHandler(socket -> new Socket(socket).open())
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS)
        .actualPort();
  }

  private HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(address.hostname())
            .setPort(address.port())
            .setAcceptBacklog(4096)
            .setTcpNoDelay(true)
            .setMaxWebSocketFrameSize(Behaviours.MAX_MESSAGE_BYTES)
            .setMaxWebSocketMessageSize(Behaviours.MAX_MESSAGE_BYTES)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(address.deflates());
    if (address.tls() != null) {
      options.setSsl(true).setKeyCertOptions(KeyCertOptions.wrap(address.tls().managers()));
    }
    return options;
  }

  private static void answer(HttpServerRequest request) {
    Optional<Asked> asked = Behaviours.askedAt(request.uri());
    Answer answer = Answer.to(SERVER.id(), asked, null);
    request.response().setStatusCode(answer.status());
    answer.headers().forEach(request.response()::putHeader);
    request.response().end(answer.text());
  }

  /** One of the two is null. */
  private record Message(String text, Buffer bytes) {}

  /** One connection: all that it does is done by the event loop. */
  private final class Socket extends Conversation<Message> {
    private final ServerWebSocket socket;

    Socket(ServerWebSocket socket) {
      super(Behaviours.askedAt(socket.uri()).orElseThrow(), rooms);
      this.socket = socket;
    }

    void open() {
      join();
      socket.textMessageHandler(text -> received(new Message(text, null)));
      socket.binaryMessageHandler(bytes -> received(new Message(null, bytes)));
      socket.drainHandler(drained -> socket.resume());
      socket.exceptionHandler(failure -> {});
      socket.closeHandler(closed -> ended());
      opened();
    }

    @Override
    protected void reply(Message message) {
      send(message);
      if (socket.writeQueueFull()) {
        socket.pause();
      }
    }

    @Override
    protected void send(Message message) {
      if (message.text() == null) {
        socket.writeBinaryMessage(message.bytes());
      } else {
        socket.writeTextMessage(message.text());
      }
    }

    @Override
    protected Message text(String text) {
      return new Message(text, null);
    }

    @Override
    protected String textOf(Message message) {
      return message.text() == null ? message.bytes().toString() : message.text();
    }
  }
}
