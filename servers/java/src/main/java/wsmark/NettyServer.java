package wsmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import wsmark.contract.Address;
import wsmark.contract.Answer;
import wsmark.contract.Behaviours;
import wsmark.contract.Behaviours.Asked;
import wsmark.contract.Behaviours.Behaviour;
import wsmark.contract.Rooms;
import wsmark.contract.Server;
import wsmark.contract.Stream;
import wsmark.contract.Takeover;

/** Netty with its own codecs. */
public final class NettyServer {
  private static final Server SERVER =
      new Server(
          "netty",
          Server.release("Netty", "netty-codec-http"),
          List.of(
              Server.LOOPS,
              "Another thread accepts connections.",
              "Replies to what was read at once are flushed at once (channelReadComplete).",
              "No compression unless a case asks for it, then of every message, at level 6, its default.",
              Server.NO_LOGGING,
              Server.NO_DELAY,
              Server.MOST_BYTES,
              Server.BACKPRESSURE,
              Server.UNLIMITED),
          Map.of());

  private static final int MOST_OF_A_REQUEST = 65_536;

  private final Address address;
  private final Rooms<Channel> rooms = new Rooms<>();

  private NettyServer(Address address) {
    this.address = address;
  }

  public static void main(String[] args) {
    SERVER.run(args, address -> new NettyServer(address).start());
  }

  private int start() throws Exception {
    IoHandlerFactory io = NioIoHandler.newFactory();
    Channel listener =
        new ServerBootstrap()
            .group(
                new MultiThreadIoEventLoopGroup(1, io),
                new MultiThreadIoEventLoopGroup(Server.eventLoops(), io))
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Pipeline())
            .bind(new InetSocketAddress(address.hostname(), address.port()))
            .sync()
            .channel();
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  private final class Pipeline extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      ChannelPipeline pipeline = channel.pipeline();
      if (address.tls() != null) {
        SSLEngine engine = address.tls().context().createSSLEngine();
        engine.setUseClientMode(false);
        pipeline.addLast(new SslHandler(engine));
      }
      pipeline.addLast(new HttpServerCodec(), new HttpObjectAggregator(MOST_OF_A_REQUEST));
      pipeline.addLast(new Requests());
      if (address.deflates()) {
        pipeline.addLast(
            new WebSocketServerExtensionHandler(
                new PerMessageDeflateServerExtensionHandshaker(6, true, 15, true, true, 0)));
      }
      WebSocketServerProtocolConfig config =
          WebSocketServerProtocolConfig.newBuilder()
              .websocketPath("/")
              .checkStartsWith(true)
              .allowExtensions(address.deflates())
              .maxFramePayloadLength(Behaviours.MAX_MESSAGE_BYTES)
              .build();
      pipeline.addLast(new WebSocketServerProtocolHandler(config));
      pipeline.addLast(new WebSocketFrameAggregator(Behaviours.MAX_MESSAGE_BYTES));
    }
  }

  /** Answers requests that open no WebSocket, and passes on those that do. */
  private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      Optional<Asked> asked = Behaviours.askedAt(request.uri());
      Answer answer =
          Answer.to(SERVER.id(), asked, request.headers().get(HttpHeaderNames.UPGRADE));
      if (answer == null) {
        open(context, request, asked.get());
      } else {
        answer(context, answer);
      }
    }

    private void open(ChannelHandlerContext context, FullHttpRequest request, Asked asked) {
      String offers = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
      if (address.deflates() && !address.takesOver() && offers != null) {
        request
            .headers()
            .set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, Takeover.without(offers));
      }
      context.pipeline().addLast(new Messages(asked));
      if (asked.isBroadcast()) {
        rooms.join(asked.path(), context.channel());
        context
            .channel()
            .closeFuture()
            .addListener(closed -> rooms.leave(asked.path(), context.channel()));
      }
      context.fireChannelRead(request.retain());
    }

    private void answer(ChannelHandlerContext context, Answer answer) {
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.valueOf(answer.status()),
              Unpooled.copiedBuffer(answer.text(), UTF_8));
      response
          .headers()
          .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
          .set(HttpHeaderNames.CONNECTION, "close");
      answer.headers().forEach(response.headers()::set);
      context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** Does with each message of a connection what was asked for. */
  private final class Messages extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final ByteBuf DOCUMENT =
        Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(Behaviours.DOCUMENT, UTF_8));

    private final Asked asked;
    private Future<?> sending;

    Messages(Asked asked) {
      this.asked = asked;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
      if (event instanceof HandshakeComplete && asked.behaviour() == Behaviour.PUSH) {
        push(context, new Stream(asked.path()));
      }
      super.userEventTriggered(context, event);
    }

    private void push(ChannelHandlerContext context, Stream stream) {
      sending =
          context
              .executor()
              .schedule(
                  () -> {
                    context.writeAndFlush(new TextWebSocketFrame(stream.next()));
                    push(context, stream);
                  },
                  stream.waitNs(),
                  TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      if (sending != null) {
        sending.cancel(false);
      }
      super.channelInactive(context);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      switch (asked.behaviour()) {
        case ECHO -> context.write(frame.retain());
        case TAG -> {
          String text = Behaviours.tag(frame.content().toString(UTF_8));
          context.write(new TextWebSocketFrame(text));
        }
        case JSON -> context.write(new TextWebSocketFrame(DOCUMENT.duplicate()));
        case PUSH -> {}
        case BROADCAST ->
            rooms.each(
                asked.path(), channel -> channel.writeAndFlush(copyOf(frame)));
      }
    }

    /** With indexes of its own, as each connection reads it at its own pace. */
    private static WebSocketFrame copyOf(WebSocketFrame frame) {
      ByteBuf content = frame.content().retainedDuplicate();
      return frame instanceof TextWebSocketFrame
          ? new TextWebSocketFrame(content)
          : new BinaryWebSocketFrame(content);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (!asked.isBroadcast()) {
        if (!context.channel().isWritable()) {
          context.flush();
        }
        context.channel().config().setAutoRead(context.channel().isWritable());
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
