package org.switchroom.desktop.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.MimeMapping;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The front end's files, out of our own jar and in memory: some 200 KB, which are read once and
/// leave nothing in a folder of temporary files.
final class Pages {
  private static final String FOLDER = "web";
  private static final String INDEX = "/index.html";

  /// Their names have a hash of what is in them.
  private static final String ASSETS = "/assets/";

  private final Map<String, Page> pages;

  private record Page(Buffer bytes, String type, String caching) {}

  private Pages(Map<String, Page> pages) {
    this.pages = pages;
  }

  /// @throws UncheckedIOException when the jar cannot be read
  static Pages read() {
    try {
      Path ours = Path.of(Pages.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(ours)) return new Pages(read(ours.resolve(FOLDER)));
      try (FileSystem jar = FileSystems.newFileSystem(ours)) {
        return new Pages(read(jar.getPath(FOLDER)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The screens' files cannot be read.", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The server's own jar has no address.", e);
    }
  }

  private static Map<String, Page> read(Path folder) throws IOException {
    var pages = new HashMap<String, Page>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String path = "/" + folder.relativize(file).toString().replace('\\', '/');
      String caching = path.startsWith(ASSETS) ? "public, max-age=31536000, immutable" : "no-cache";
      pages.put(path, new Page(Buffer.buffer(Files.readAllBytes(file)), type(path), caching));
    }
    if (!pages.containsKey(INDEX)) {
      throw new IOException("There is no index.html in %s.".formatted(folder));
    }
    return pages;
  }

  private static String type(String path) {
    String type =
        Objects.requireNonNullElse(
            MimeMapping.mimeTypeForFilename(path), "application/octet-stream");
    return type.startsWith("text/") || type.endsWith("javascript") ? type + ";charset=utf-8" : type;
  }

  void mount(Router router) {
    router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::serve);
  }

  /// Every address that is no file is a page of the front end.
  private void serve(RoutingContext request) {
    String path = request.normalizedPath();
    Page page = pages.get(path);
    if (page == null && path.startsWith(ASSETS)) {
      Replies.refuse(request, 404, "not-found", "There is nothing here.");
      return;
    }
    if (page == null) page = Objects.requireNonNull(pages.get(INDEX));
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, page.type())
        .putHeader(HttpHeaders.CACHE_CONTROL, page.caching());
    if (request.request().method() == HttpMethod.HEAD) {
      request
          .response()
          .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(page.bytes().length()))
          .end();
    } else {
      request.response().end(page.bytes());
    }
  }
}
