package org.switchroom.cti.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// All tables as they are at one moment, in one file that every database takes back: a zip with a
/// `manifest.json` and a `TABLE.jsonl` for each table, a row a line. The server goes on meanwhile.
public final class Backup {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;
  private static final int ROWS_AT_ONCE = 1_000;
  private static final String MANIFEST = "manifest.json";
  private static final String HISTORY = "flyway_schema_history";

  private Backup() {}

  /// Writes the file when it is whole: what was there before stays until then.
  ///
  /// @param said is told each table
  /// @throws IOException when the file cannot be written, or the database not be read
  public static void write(Database database, Path file, Consumer<String> said) throws IOException {
    try {
      writeWhole(database, file, said);
    } catch (SQLException e) {
      throw new IOException("The database cannot be read: " + e.getMessage(), e);
    }
  }

  private static void writeWhole(Database database, Path file, Consumer<String> said)
      throws IOException, SQLException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path unfinished = Files.createTempFile(folder, ".backup", ".unfinished");
    try (Connection connection = database.connection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Database.ONE_MOMENT.intValue());
      connection.setReadOnly(true);
      try (OutputStream out = Files.newOutputStream(unfinished);
          var zip = new ZipOutputStream(out)) {
        write(connection, zip, said);
      }
      connection.rollback();
      try (var written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(
          unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void write(Connection connection, ZipOutputStream zip, Consumer<String> said)
      throws IOException, SQLException {
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("format", FORMAT).put("taken", Instant.now().toString());
    manifest.put("schema", schema(connection));
    ObjectNode rows = manifest.putObject("rows");
    for (String table : tables(connection)) {
      zip.putNextEntry(new ZipEntry(table + ".jsonl"));
      long count = dump(connection, table, zip);
      zip.closeEntry();
      rows.put(table, count);
      said.accept("%s: %,d rows".formatted(table, count));
    }
    zip.putNextEntry(new ZipEntry(MANIFEST));
    zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    zip.closeEntry();
  }

  private static String schema(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT \"version\" FROM \""
                    + HISTORY
                    + "\" WHERE \"success\" AND \"version\" IS NOT NULL"
                    + " ORDER BY \"installed_rank\" DESC LIMIT 1")) {
      return row.next() ? row.getString(1) : "0";
    }
  }

  /// Those that others refer to come first.
  private static List<String> tables(Connection connection) throws SQLException {
    var meta = connection.getMetaData();
    var refersTo = new LinkedHashMap<String, TreeSet<String>>();
    try (ResultSet found =
        meta.getTables(
            connection.getCatalog(),
            connection.getSchema(),
            null,
            new String[] {"TABLE", "BASE TABLE"})) {
      while (found.next()) {
        String table = found.getString("TABLE_NAME");
        if (!table.equals(HISTORY)) refersTo.put(table, new TreeSet<>());
      }
    }
    for (String table : refersTo.keySet()) {
      try (ResultSet keys =
          meta.getImportedKeys(connection.getCatalog(), connection.getSchema(), table)) {
        while (keys.next()) refersTo.get(table).add(keys.getString("PKTABLE_NAME"));
      }
    }
    var sorted = new ArrayList<String>();
    while (sorted.size() < refersTo.size()) {
      int before = sorted.size();
      refersTo.forEach(
          (table, others) -> {
            if (!sorted.contains(table) && sorted.containsAll(others)) sorted.add(table);
          });
      if (sorted.size() == before) {
        throw new IllegalStateException("Tables refer to each other in a ring: " + refersTo);
      }
    }
    return sorted;
  }

  private static long dump(Connection connection, String table, OutputStream out)
      throws SQLException, IOException {
    long count = 0;
    try (var statement = connection.createStatement()) {
      statement.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
        var columns = row.getMetaData();
        while (row.next()) {
          ObjectNode line = JSON.createObjectNode();
          for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnName(i).toLowerCase(Locale.ROOT);
            line.set(name, value(row, i, columns.getColumnType(i)));
          }
          JsonGenerator plain = JSON.getFactory().createGenerator(out);
          plain.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
          JSON.writeTree(plain, line);
          plain.flush();
          out.write('\n');
          count++;
        }
      }
    }
    return count;
  }

  private static JsonNode value(ResultSet row, int column, int type) throws SQLException {
    Object value =
        switch (type) {
          case Types.BIGINT, Types.INTEGER, Types.SMALLINT -> row.getLong(column);
          case Types.TIMESTAMP_WITH_TIMEZONE, Types.TIMESTAMP -> {
            OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
            yield at == null ? null : at.toInstant().toString();
          }
          case Types.BOOLEAN, Types.BIT -> row.getBoolean(column);
          default -> row.getString(column);
        };
    return row.wasNull() ? JSON.nullNode() : JSON.valueToTree(value);
  }

  // ── Back again ──────────────────────────────────────────────────────────────────────────────

  /// Brings a backup into a database that has nothing of ours yet, and then its tables up to date.
  ///
  /// @param said is told each table
  /// @throws IOException when the file is no whole backup, or the database does not take it
  public static void restore(
      Path file, String url, String user, String password, Consumer<String> said)
      throws IOException {
    try {
      restoreWhole(file, url, user, password, said);
    } catch (SQLException e) {
      throw new IOException("The database does not take it: " + e.getMessage(), e);
    }
  }

  /// Whether it can be read at all, before anything makes room for it.
  ///
  /// @throws IOException when it is no backup, is cut off, or lacks a table's rows
  public static void check(Path file) throws IOException {
    try (var zip = new ZipFile(file.toFile())) {
      manifest(zip, file);
      for (ZipEntry entry : zip.stream().toList()) {
        try (var in = zip.getInputStream(entry)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
    } catch (ZipException e) {
      throw new IOException("%s is no whole backup: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void restoreWhole(
      Path file, String url, String user, String password, Consumer<String> said)
      throws IOException, SQLException {
    try (var zip = new ZipFile(file.toFile())) {
      JsonNode manifest = manifest(zip, file);
      Database.migrateTo(url, user, password, manifest.path("schema").asText());
      try (var database = Database.openAsItIs(url, user, password);
          Connection connection = database.connection()) {
        connection.setAutoCommit(false);
        for (String table : tables(connection)) {
          long expected = manifest.path("rows").path(table).asLong(-1);
          if (expected < 0) throw new IOException("%s has no table %s.".formatted(file, table));
          long count = load(connection, table, zip, file);
          if (count != expected) {
            throw new IOException(
                "%s has %d rows of %s and should have %d. It is not whole."
                    .formatted(file, count, table, expected));
          }
          said.accept("%s: %,d rows".formatted(table, count));
        }
        connection.commit();
      }
    }
    Database.open(url, user, password).close();
  }

  private static JsonNode manifest(ZipFile zip, Path file) throws IOException {
    ZipEntry entry = zip.getEntry(MANIFEST);
    if (entry == null) throw new IOException(file + " is no backup: it has no " + MANIFEST + ".");
    try (var in = zip.getInputStream(entry)) {
      JsonNode manifest = JSON.readTree(in);
      if (manifest.path("format").asInt() != FORMAT) {
        throw new IOException(
            "%s is of format %s; this version reads format %d."
                .formatted(file, manifest.path("format"), FORMAT));
      }
      return manifest;
    }
  }

  private static long load(Connection connection, String table, ZipFile zip, Path file)
      throws IOException, SQLException {
    ZipEntry entry = zip.getEntry(table + ".jsonl");
    if (entry == null) throw new IOException("%s has no table %s.".formatted(file, table));
    Map<String, Integer> columns = columns(connection, table);
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                table,
                String.join(", ", columns.keySet()),
                String.join(", ", columns.keySet().stream().map(_ -> "?").toList()));
    long count = 0;
    try (var in =
            new BufferedReader(
                new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8));
        var insert = connection.prepareStatement(sql)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode row = JSON.readTree(line);
        int i = 0;
        for (var column : columns.entrySet()) {
          insert.setObject(++i, value(row.get(column.getKey()), column.getValue()));
        }
        insert.addBatch();
        if (++count % ROWS_AT_ONCE == 0) insert.executeBatch();
      }
      insert.executeBatch();
    }
    if (numbersItself(connection, table)) goOnFrom(connection, table);
    return count;
  }

  private static Map<String, Integer> columns(Connection connection, String table)
      throws SQLException {
    var columns = new LinkedHashMap<String, Integer>();
    try (var statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
      var meta = none.getMetaData();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        columns.put(meta.getColumnName(i).toLowerCase(Locale.ROOT), meta.getColumnType(i));
      }
    }
    return columns;
  }

  private static @Nullable Object value(@Nullable JsonNode value, int type) {
    if (value == null || value.isNull()) return null;
    return switch (type) {
      case Types.BIGINT -> value.asLong();
      case Types.INTEGER, Types.SMALLINT -> value.asInt();
      case Types.TIMESTAMP_WITH_TIMEZONE, Types.TIMESTAMP ->
          SqlCustomerStore.time(Instant.parse(value.asText()));
      case Types.DATE -> LocalDate.parse(value.asText());
      case Types.BOOLEAN, Types.BIT -> value.asBoolean();
      default -> value.asText();
    };
  }

  private static boolean numbersItself(Connection connection, String table) throws SQLException {
    try (ResultSet id =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), table, "id")) {
      return id.next() && id.getString("IS_AUTOINCREMENT").equals("YES");
    }
  }

  /// What comes new gets numbers after those that were there.
  private static void goOnFrom(Connection connection, String table) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet highest = statement.executeQuery("SELECT MAX(id) FROM " + table)) {
      highest.next();
      long last = highest.getLong(1);
      if (highest.wasNull()) return;
      try (var restart = connection.createStatement()) {
        restart.execute(
            "ALTER TABLE %s ALTER COLUMN id RESTART WITH %d".formatted(table, last + 1));
      }
    }
  }
}
