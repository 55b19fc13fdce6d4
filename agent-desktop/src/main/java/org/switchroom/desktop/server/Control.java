package org.switchroom.desktop.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a running server is told what to do by a command on the same machine: a socket in the
/// ledger's folder that only its user can open. A request is one line, `backup FILE`, `recount` or
/// `erase WHO`; the answer is lines of progress, and at last `done`, `differs` or `failed: WHY`.
public final class Control implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Control.class);

  private static final String NAME = "control";
  private static final String BACKUP = "backup ";
  private static final String RECOUNT = "recount";
  private static final String ERASE = "erase ";
  private static final String DONE = "done";
  private static final String DIFFERS = "differs";
  private static final String FAILED = "failed: ";

  /// Longer addresses of sockets do not exist.
  private static final int LONGEST_PATH = 100;

  /// What a running server can do.
  public interface Server {
    void backup(Path file, Consumer<String> said) throws Exception;

    /// Returns whether the database has what the ledger tells.
    boolean recount(Consumer<String> said) throws Exception;

    void erase(Erasure.Who who, Consumer<String> said) throws Exception;
  }

  private final ServerSocketChannel listening;
  private final Path socket;
  private final Server server;

  /// @param ledger its folder
  /// @return empty: it cannot be, and backups are made while the server is stopped
  static Optional<Control> open(Path ledger, Server server) {
    try {
      if (ledger.resolve(NAME).toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
        throw new IOException("its path is too long for a socket");
      }
      return Optional.of(new Control(ledger, server));
    } catch (IOException | UnsupportedOperationException e) {
      log.warn("No backup while the server runs: {}: {}.", ledger, e.getMessage());
      return Optional.empty();
    }
  }

  private Control(Path ledger, Server server) throws IOException {
    this.server = server;
    socket = ledger.resolve(NAME);
    Files.deleteIfExists(socket);
    listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(socket));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    Thread.ofPlatform().name("control").daemon().start(this::accept);
  }

  /// One at a time.
  private void accept() {
    while (listening.isOpen()) {
      try (SocketChannel asking = listening.accept()) {
        serve(asking);
      } catch (IOException e) {
        if (listening.isOpen()) log.warn("A command could not be answered: {}", e.toString());
      }
    }
  }

  private void serve(SocketChannel asking) throws IOException {
    var in = reader(asking);
    var out = new PrintWriter(Channels.newWriter(asking, StandardCharsets.UTF_8), true);
    String request = in.readLine();
    if (request == null) return;
    try {
      out.println(answer(request, out::println));
    } catch (StartFault e) {
      // Whom it names is nothing for the log.
      out.println(FAILED + e.getMessage());
    } catch (Exception e) {
      log.warn("A command failed: {}", request, e);
      out.println(FAILED + PlainMessage.of(e));
    }
  }

  /// Does what is asked for, and returns the last line.
  private String answer(String request, Consumer<String> said) throws Exception {
    if (request.equals(RECOUNT)) return server.recount(said) ? DONE : DIFFERS;
    if (request.startsWith(BACKUP)) {
      server.backup(Path.of(request.substring(BACKUP.length())), said);
      return DONE;
    }
    Optional<Erasure.Who> who =
        request.startsWith(ERASE)
            ? Erasure.Who.of(request.substring(ERASE.length()))
            : Optional.empty();
    if (who.isEmpty()) return FAILED + "This server knows only: backup FILE, recount, erase WHO.";
    server.erase(who.get(), said);
    return DONE;
  }

  private static BufferedReader reader(SocketChannel channel) {
    return new BufferedReader(
        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
  }

  /// Has a running server write a backup.
  ///
  /// @return false: no server runs there
  /// @throws StartFault when it could not
  public static boolean backup(Path ledger, Path file, Consumer<String> said) {
    return ask(ledger, BACKUP + file.toAbsolutePath(), said).equals(DONE);
  }

  /// What a recount has found.
  public enum Recounted {
    EQUAL,
    DIFFERENT,
    NO_SERVER
  }

  /// Has a running server count once more.
  ///
  /// @throws StartFault when it could not
  public static Recounted recount(Path ledger, Consumer<String> said) {
    return switch (ask(ledger, RECOUNT, said)) {
      case DONE -> Recounted.EQUAL;
      case DIFFERS -> Recounted.DIFFERENT;
      default -> Recounted.NO_SERVER;
    };
  }

  /// Has a running server erase a person.
  ///
  /// @return false: no server runs there
  /// @throws StartFault when it could not
  public static boolean erase(Path ledger, Erasure.Who who, Consumer<String> said) {
    return ask(ledger, ERASE + who, said).equals(DONE);
  }

  /// The last line of the answer; empty: no server runs there.
  private static String ask(Path ledger, String request, Consumer<String> said) {
    Path socket = ledger.resolve(NAME);
    if (!Files.exists(socket)) return "";
    try (SocketChannel server = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      var out = new PrintWriter(Channels.newWriter(server, StandardCharsets.UTF_8), true);
      out.println(request);
      var in = reader(server);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals(DONE) || line.equals(DIFFERS)) return line;
        if (line.startsWith(FAILED)) throw new StartFault(line.substring(FAILED.length()));
        said.accept(line);
      }
      throw new StartFault("The server has stopped before it was done.");
    } catch (SocketException e) {
      // Left behind by a server that was killed.
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether a server runs on this ledger.
  public static boolean runs(Path ledger) {
    try (SocketChannel server =
        SocketChannel.open(UnixDomainSocketAddress.of(ledger.resolve(NAME)))) {
      return server.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      log.warn("{} is not closed cleanly: {}", socket, e.toString());
    }
  }
}
