package org.switchroom.cti.pbx.simulated;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// AMI over TCP: log-in by challenge, actions in, responses and events out.
final class AmiServer {
  private static final Logger log = LoggerFactory.getLogger(AmiServer.class);

  private static final int LONGEST_LINE = 8_192;

  /// A reader that is further behind than this is dropped, as Asterisk drops it.
  private static final int MOST_UNREAD = 64 << 20;

  private static final String FULLY_BOOTED =
      "Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n";

  /// What the PBX does with an action of a session that has logged in.
  interface Actions {
    void on(AmiMessage action, Exchange.Asker session);
  }

  private final String user;
  private final String secret;
  private final Actions actions;
  private final Set<Client> loggedIn = new LinkedHashSet<>();

  /// Null: nobody can come yet.
  private io.netty.channel.@Nullable Channel listening;

  private boolean frozen;
  private boolean booting;

  AmiServer(String user, String secret, Actions actions) {
    this.user = user;
    this.secret = secret;
    this.actions = actions;
  }

  void listen(EventLoopGroup loop, int port) throws InterruptedException {
    listening =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(MOST_UNREAD / 2, MOST_UNREAD))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel
                        .pipeline()
                        .addLast(new LineBasedFrameDecoder(LONGEST_LINE))
                        .addLast(new StringDecoder(StandardCharsets.UTF_8))
                        .addLast(new StringEncoder(StandardCharsets.UTF_8))
                        .addLast(new Client(channel));
                  }
                })
            .bind("127.0.0.1", port)
            .sync()
            .channel();
  }

  int port() {
    if (listening == null) {
      throw new IllegalStateException("AMI has no port. Maybe the PBX was not started.");
    }
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /// Says nothing any more, but keeps its sockets open.
  void freeze(boolean now) {
    frozen = now;
  }

  /// Lets clients in, but has not loaded yet what they would ask of it.
  void boot() {
    booting = true;
  }

  void booted() {
    booting = false;
    broadcast(FULLY_BOOTED);
  }

  void dropSessions() {
    Set.copyOf(loggedIn).forEach(session -> session.channel.close());
  }

  /// Takes nobody any more.
  void close() {
    if (listening != null) listening.close().awaitUninterruptibly();
  }

  void broadcast(String event) {
    if (frozen) return;
    for (Client client : loggedIn) client.write(event);
  }

  /// One connection.
  final class Client extends SimpleChannelInboundHandler<String> implements Exchange.Asker {
    private static final String CHALLENGE = "918273645";

    private final SocketChannel channel;
    private AmiMessage message = new AmiMessage();
    private boolean flushing;

    private Client(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      ctx.writeAndFlush("Asterisk Call Manager/11.0.0\r\n");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      loggedIn.remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      log.debug("AMI session: {}", cause.toString());
      ctx.close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, String line) {
      if (!line.isEmpty()) {
        message.add(line);
        return;
      }
      AmiMessage action = message;
      message = new AmiMessage();
      if (action.isEmpty() || frozen) return;
      on(action);
    }

    private void on(AmiMessage action) {
      switch (action.get("Action").toLowerCase(Locale.ROOT)) {
        case "challenge" -> respond(action, "Success", "Challenge: " + CHALLENGE);
        case "login" -> logIn(action);
        case "logoff" -> {
          respond(action, "Goodbye", "Message: Thanks for all the fish.");
          channel.close();
        }
        default -> {
          boolean asks = action.get("Action").equalsIgnoreCase("Getvar");
          if (!loggedIn.contains(this)) respond(action, "Error", "Message: Permission denied");
          else if (booting && asks) respond(action, "Success", "Value: ");
          else actions.on(action, this);
        }
      }
    }

    private void logIn(AmiMessage action) {
      boolean right =
          user.equals(action.get("Username"))
              && (secret.equals(action.get("Secret"))
                  || md5(CHALLENGE + secret).equals(action.get("Key")));
      if (!right) {
        respond(action, "Error", "Message: Authentication failed");
        channel.close();
        return;
      }
      respond(action, "Success", "Message: Authentication accepted");
      loggedIn.add(this);
      if (!booting) write(FULLY_BOOTED);
    }

    @Override
    public void respond(AmiMessage action, String response, String... lines) {
      var text = new StringBuilder("Response: ").append(response).append("\r\n");
      String id = action.get("ActionID");
      if (!id.isEmpty()) text.append("ActionID: ").append(id).append("\r\n");
      for (String line : lines) text.append(line).append("\r\n");
      write(text.append("\r\n").toString());
    }

    @Override
    public void write(String text) {
      if (!channel.isActive()) return;
      if (!channel.isWritable()) {
        log.warn("An AMI session does not read; it is dropped.");
        channel.close();
        return;
      }
      channel.write(text);
      if (flushing) return;
      flushing = true;
      channel
          .eventLoop()
          .execute(
              () -> {
                flushing = false;
                channel.flush();
              });
    }

    private static String md5(String text) {
      try {
        var digest = MessageDigest.getInstance("MD5");
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Java has no MD5.", e);
      }
    }
  }
}
