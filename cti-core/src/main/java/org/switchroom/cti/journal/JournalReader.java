package org.switchroom.cti.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;

/// Reads the journal's records in their order, and goes on where it stopped: what a record costs
/// does not grow with what was read before. One thread's.
final class JournalReader implements AutoCloseable {
  /// Before a record.
  ///
  /// @param file its file's first record
  /// @param at its first byte
  private record Place(long number, long file, long at) {}

  private final Journal journal;
  private final Blocks.Opener sources;

  /// Where the last read began and ended. Who could not use what was read comes back to where it
  /// began.
  private Place began = new Place(0, 0, 0);

  private Place ended = began;

  /// Null until the first read.
  private Blocks open;

  JournalReader(Journal journal, Blocks.Opener sources) {
    this.journal = journal;
    this.sources = sources;
  }

  /// Gives the records on the disk from a number on until the reader has enough.
  ///
  /// @throws JournalBrokenException when a record that was on the disk is no longer readable
  void read(long from, Segments.Reader reader) throws IOException {
    Journal.Extent now = journal.extent();
    if (from > now.last()) return;
    // Beyond the last record stands what may since have been written anew.
    if (open != null) open.forget();
    began = on(nearest(from, now.files()), from - 1, now.files(), (_, _) -> true);
    ended = on(began, now.last(), now.files(), reader);
  }

  /// The nearest place before a record that is known; the oldest one where it is gone.
  private Place nearest(long from, TreeMap<Long, Path> files) {
    for (Place known : new Place[] {ended, began}) {
      if (known.number() <= from && files.containsKey(known.file())) return known;
    }
    Long file = files.floorKey(from);
    long first = file == null ? files.firstKey() : file;
    return new Place(first, first, 0);
  }

  private Place on(Place from, long until, TreeMap<Long, Path> files, Segments.Reader reader)
      throws IOException {
    boolean[] enough = {false};
    Place place = from;
    while (place.number() <= until && !enough[0]) {
      Blocks file = open(files.get(place.file()));
      Segments.End end =
          Segments.read(
              file,
              place.number(),
              place.at(),
              until,
              (number, payload) -> {
                enough[0] = !reader.on(number, payload);
                return !enough[0];
              });
      place = new Place(end.number() + 1, place.file(), end.at());
      if (enough[0] || place.number() > until) break;
      if (place.at() == 0 || !files.containsKey(place.number())) {
        throw new JournalBrokenException(
            "%s cannot be read beyond byte %d any more, although record %d was on the disk."
                .formatted(file.file(), place.at(), place.number()));
      }
      place = new Place(place.number(), place.number(), 0);
    }
    return place;
  }

  private Blocks open(Path file) throws IOException {
    if (open != null && open.file().equals(file)) return open;
    close();
    open = new Blocks(file, sources);
    return open;
  }

  @Override
  public void close() throws IOException {
    if (open != null) open.close();
    open = null;
  }
}
