package org.switchroom.cti.pbx.simulated;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A caller in a script: the PBX's side of a FastAGI connection.
final class AgiSession extends SimpleChannelInboundHandler<String> {
  private static final int LONGEST_LINE = 8_192;
  private static final int WORDS_IN_A_PROMPT = 6;
  private static final Duration SILENCE = Duration.ofMillis(500);
  private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

  /// What the session tells the dialplan.
  interface Listener {
    void variableSet(SimulatedChannel channel, String name, String value);

    void keyPressed(SimulatedChannel channel, char key);

    void prompted(SimulatedChannel channel, String file);

    /// The script is over; false: it could not be reached, or broke off.
    void scriptOver(SimulatedChannel channel, boolean ended);
  }

  private final SimulatedChannel caller;
  private final String token;
  private final Duration promptLength;
  private final Listener dialplan;

  /// Null: not connected yet.
  private @Nullable ChannelHandlerContext context;

  private @Nullable ScheduledFuture<?> pending;
  private boolean over;

  private AgiSession(
      SimulatedChannel caller, String token, Duration promptLength, Listener dialplan) {
    this.caller = caller;
    this.token = token;
    this.promptLength = promptLength;
    this.dialplan = dialplan;
  }

  static void open(
      EventLoop loop,
      String host,
      int port,
      String token,
      SimulatedChannel caller,
      Duration promptLength,
      Listener dialplan) {
    var session = new AgiSession(caller, token, promptLength, dialplan);
    caller.agi = session;
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 2_000)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(new LineBasedFrameDecoder(LONGEST_LINE))
                    .addLast(new StringDecoder(StandardCharsets.UTF_8))
                    .addLast(new StringEncoder(StandardCharsets.UTF_8))
                    .addLast(session);
              }
            })
        .connect(host, port)
        .addListener(
            connected -> {
              if (!connected.isSuccess()) session.finish(false);
            });
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    ctx.writeAndFlush(
        """
        agi_network: yes
        agi_network_script: ivr?token=%1$s
        agi_request: agi://127.0.0.1/ivr?token=%1$s
        agi_channel: %2$s
        agi_language: en
        agi_type: PJSIP
        agi_uniqueid: %3$s
        agi_version: 22.0.0-simulated
        agi_callerid: %4$s
        agi_calleridname: %5$s
        agi_dnid: unknown
        agi_rdnis: unknown
        agi_context: %6$s
        agi_extension: s
        agi_priority: 5
        agi_enhanced: 0.0
        agi_accountcode:
        agi_threadid: 1

        """
            .formatted(
                token, caller.name, caller.id, caller.number, caller.callerName, caller.context));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, String line) {
    List<String> words = words(line);
    if (words.isEmpty()) return;
    if (caller.gone) {
      answer("511 Command Not Permitted on a dead channel or intercept routine");
      return;
    }
    String first = words.getFirst().toUpperCase(Locale.ROOT);
    String command = words.size() > 1 ? first + " " + words.get(1).toUpperCase(Locale.ROOT) : first;
    switch (command) {
      case "STREAM FILE" -> streamFile(words.get(2), words.size() > 3 ? words.get(3) : "");
      case "RECORD FILE" -> recordFile(words.get(2));
      case "WAIT FOR" -> waitForDigit(Long.parseLong(words.get(3)));
      case "SET VARIABLE" -> {
        dialplan.variableSet(caller, words.get(2), words.size() > 3 ? words.get(3) : "");
        answer("200 result=1");
      }
      case "GET VARIABLE" -> {
        String value = caller.variables.get(words.get(2));
        answer(value == null ? "200 result=0" : "200 result=1 (" + value + ")");
      }
      case "CHANNEL STATUS" -> answer("200 result=6");
      default -> answer("510 Invalid or unknown command");
    }
  }

  /// The caller presses their next key while the prompt plays, or lets it end.
  private void streamFile(String file, String keys) {
    dialplan.prompted(caller, file);
    // A word of a number is shorter than a sentence.
    Duration length =
        file.contains("/word-") ? promptLength.dividedBy(WORDS_IN_A_PROMPT) : promptLength;
    boolean presses =
        !keys.isEmpty() && !caller.keys.isEmpty() && caller.keys.peek() != CallerBehavior.WAITS;
    if (presses && caller.plan().thinking().compareTo(length) <= 0) {
      in(caller.plan().thinking(), () -> press("200 result=%d endpos=8000"));
    } else {
      in(length, () -> answer("200 result=0 endpos=16000"));
    }
  }

  /// The caller speaks, and is silent for a while; something is to be heard in the file.
  private void recordFile(String file) {
    Duration speaks = caller.plan().speaks();
    in(
        speaks.plus(SILENCE),
        () -> {
          if (speaks.isPositive()) Hum.write(file + ".wav", speaks);
          answer("200 result=0 (timeout) endpos=" + speaks.toMillis() * 8);
        });
  }

  private void waitForDigit(long millis) {
    Duration timeout = Duration.ofMillis(millis);
    if (!caller.keys.isEmpty() && caller.keys.peek() == CallerBehavior.WAITS) {
      caller.keys.poll();
      in(timeout, () -> answer("200 result=0"));
      return;
    }
    Duration left = caller.plan().thinking().minus(promptLength);
    Duration thinking = left.isNegative() ? caller.plan().thinking() : left;
    if (!caller.keys.isEmpty() && thinking.compareTo(timeout) < 0) {
      in(thinking, () -> press("200 result=%d"));
    } else {
      in(timeout, () -> answer("200 result=0"));
    }
  }

  private void press(String answer) {
    char key = caller.keys.poll();
    dialplan.keyPressed(caller, key);
    answer(answer.formatted((int) key));
  }

  private void in(Duration time, Runnable then) {
    pending = connection().executor().schedule(then, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private ChannelHandlerContext connection() {
    if (context != null) return context;
    throw new IllegalStateException(
        "Channel %s has no script to answer. Maybe it was not connected yet."
            .formatted(caller.name));
  }

  private void answer(String line) {
    connection().writeAndFlush(line + "\n");
  }

  /// The caller hangs up: Asterisk says so on the same line on which it answers.
  void hangUp() {
    if (over || context == null) return;
    if (pending != null && pending.cancel(false)) answer("200 result=-1");
    answer("HANGUP");
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    finish(true);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private void finish(boolean ended) {
    if (over) return;
    over = true;
    caller.agi = null;
    if (pending != null) pending.cancel(false);
    if (!caller.gone) dialplan.scriptOver(caller, ended);
  }

  private static List<String> words(String line) {
    var words = new ArrayList<String>();
    var match = WORD.matcher(line);
    while (match.find()) words.add(match.group(1) != null ? match.group(1) : match.group(2));
    return words;
  }
}
