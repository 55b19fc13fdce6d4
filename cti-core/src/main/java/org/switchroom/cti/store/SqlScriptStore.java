package org.switchroom.cti.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.cti.ivr.ScriptStore;

/// Versions of scripts, and what callers did in them, in SQL.
public final class SqlScriptStore implements ScriptStore {
  private static final int MOST_VERSIONS = 200;

  private final Database database;

  public SqlScriptStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Version> versions(String name) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM script_version WHERE name = :name ORDER BY version DESC"
                            + " LIMIT :most")
                    .bind("name", name)
                    .bind("most", MOST_VERSIONS)
                    .map(
                        (row, _) ->
                            new Version(
                                row.getString("name"),
                                row.getInt("version"),
                                row.getString("yaml"),
                                SqlCustomerStore.instant(
                                    row.getObject("taken", OffsetDateTime.class)),
                                row.getString("taken_by")))
                    .list());
  }

  @Override
  public Optional<Version> version(String name, int version) {
    return versions(name).stream().filter(one -> one.version() == version).findFirst();
  }

  @Override
  public int add(String name, String yaml, Instant at, String by) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              int next =
                  handle
                      .createQuery(
                          "SELECT coalesce(max(version), 0) + 1 FROM script_version WHERE name ="
                              + " :name")
                      .bind("name", name)
                      .mapTo(Integer.class)
                      .one();
              handle.execute(
                  "INSERT INTO script_version (name, version, yaml, taken, taken_by)"
                      + " VALUES (?, ?, ?, ?, ?)",
                  name,
                  next,
                  yaml,
                  SqlCustomerStore.time(at),
                  by);
              return next;
            });
  }

  @Override
  public Walked walked(String script, Instant since) {
    var edges = new HashMap<String, Long>();
    var gaveUp = new HashMap<String, Long>();
    long[] calls = {0, 0};
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT script, ending, last, edges FROM script_run WHERE at >= :since"
                            + " AND (script = :script OR edges LIKE :inside)")
                    .bind("since", SqlCustomerStore.time(since))
                    .bind("script", script)
                    .bind("inside", "%" + script + "/%")
                    .map(
                        (row, _) ->
                            Map.entry(
                                row.getString("ending"),
                                List.of(
                                    row.getString("script"),
                                    row.getString("last"),
                                    row.getString("edges"))))
                    .forEach(
                        run -> count(script, run.getKey(), run.getValue(), edges, gaveUp, calls)));
    return new Walked(calls[0], calls[1], edges, gaveUp);
  }

  private static void count(
      String script,
      String ending,
      List<String> run,
      Map<String, Long> edges,
      Map<String, Long> gaveUp,
      long[] calls) {
    boolean inside = false;
    for (String edge : run.get(2).split("\n")) {
      int slash = edge.indexOf('/');
      if (slash < 0 || !edge.substring(0, slash).equals(script)) continue;
      edges.merge(edge.substring(slash + 1), 1L, Long::sum);
      inside = true;
    }
    boolean own = run.get(0).equals(script);
    if (!own && !inside) return;
    calls[0]++;
    boolean served = !ending.equals("queued") && !ending.equals("runaway");
    if (served) calls[1]++;
    String last = run.get(1);
    boolean endedHere = own ? last.indexOf('/') < 0 : last.startsWith(script + "/");
    if (ending.equals("hung-up") && endedHere) {
      gaveUp.merge(own ? last : last.substring(script.length() + 1), 1L, Long::sum);
    }
  }
}
