package org.switchroom.desktop.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/// Requests of HTTP/1.1 that are sent before the last is answered. No browser does it, some tools
/// do a little; a connection with more of them is closed. Netty's compressor takes 128 and then
/// throws at each, Vert.x does not close what has thrown, and each is 26 lines of the log.
final class Pipelined extends ChannelDuplexHandler {
  static final int MOST = 16;

  private int unanswered;
  private boolean closed;

  /// From now on it has no more.
  static void limit(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    ChannelHandlerContext compressor = pipeline.context(HttpContentCompressor.class);
    // HTTP/2 has none, and says at its begin how many it takes.
    if (compressor != null) pipeline.addBefore(compressor.name(), "pipelined", new Pipelined());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest && ++unanswered > MOST && !closed) {
      closed = true;
      context.close();
    }
    // What was read with it.
    if (closed) ReferenceCountUtil.release(message);
    else context.fireChannelRead(message);
  }

  /// Vert.x would tell it also to a request that it has not begun, and fail at that.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (unanswered > 1) context.close();
    else context.fireExceptionCaught(cause);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent && !isOnlyContinue(message)) unanswered--;
    context.write(message, promise);
  }

  private static boolean isOnlyContinue(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }
}
