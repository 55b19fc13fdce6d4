package org.switchroom.cti.ledger;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of persons in one file of the ledger's folder, a place of 64 bytes each: id (8), the
/// first half of the name's SHA-256 (16), key (32), the day of its last use since 1970 (4), CRC-32C
/// (4). Before them 64 bytes: "SWPERSON", format, zeros, CRC-32C. A place of zeros is free.
///
/// A new key waits in memory until the next frame is written, and is written before it; the forcing
/// thread forces it before the frame. So a frame that is on the disk has its key there. Of frames
/// that were not forced a dead machine may leave the frame without the key: what was under it reads
/// as erased. A key is destroyed where it stands: nothing is copied, and a crash leaves each key
/// whole or gone.
///
/// There are at most so many. A new person takes the place of who was heard of longest ago; what is
/// under that key reads as erased.
final class KeyFile implements PersonKeys, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeyFile.class);

  static final String NAME = "persons";
  static final int MOST = 500_000;
  static final int PLACE = 64;

  private static final long MAGIC = 0x5357504552534F4EL;
  private static final int FORMAT = 1;
  private static final int AT_ONCE = 256;
  private static final SecureRandom RANDOM = new SecureRandom();

  private record Tag(long high, long low) {
    static Tag of(String person) {
      byte[] name = person.getBytes(StandardCharsets.UTF_8);
      try {
        ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name));
        return new Tag(hash.getLong(), hash.getLong());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java has SHA-256.", e);
      }
    }
  }

  /// A key in its place.
  private static final class Kept {
    final Tag tag;
    final Key key;
    final int place;
    int day;

    /// Whether it waits to be written.
    boolean waits;

    Kept(Tag tag, Key key, int place, int day) {
      this.tag = tag;
      this.key = key;
      this.place = place;
      this.day = day;
    }
  }

  private final LedgerDisk disk;
  private final Path file;
  private final InstantSource clock;
  private final int most;
  private final LedgerDisk.WrittenFile out;
  private final Object forcing = new Object();

  private final Map<Long, Kept> byId = new HashMap<>();

  /// Who was heard of longest ago first.
  private final SequencedMap<Tag, Kept> byPerson = new LinkedHashMap<>(16, 0.75f, true);

  private final ArrayDeque<Integer> free = new ArrayDeque<>();
  private final ArrayDeque<Kept> unwritten = new ArrayDeque<>();
  private int places;
  private boolean unforced;
  private boolean saidFull;
  private boolean closed;

  private KeyFile(LedgerDisk disk, Path file, InstantSource clock, int most) throws IOException {
    this.disk = disk;
    this.file = file;
    this.clock = clock;
    this.most = most;
    if (Files.exists(file) && !isWhole()) {
      OwnerOnly.into(file, file.resolveSibling(NAME + ".broken"));
      log.error("{} does not begin as it should: what was under its keys reads as erased.", file);
    }
    if (Files.exists(file)) {
      List<Integer> torn = read();
      out = disk.open(file);
      for (int place : torn) clear(place);
    } else {
      out = disk.create(file);
      out.write(header(), 0);
      out.force();
      disk.forceNames(requireNonNull(file.toAbsolutePath().getParent()));
    }
  }

  /// @throws IOException when it cannot be read, or is a newer build's
  static KeyFile open(LedgerDisk disk, Path folder, InstantSource clock) throws IOException {
    return open(disk, folder, clock, MOST);
  }

  /// @param most keys
  static KeyFile open(LedgerDisk disk, Path folder, InstantSource clock, int most)
      throws IOException {
    return new KeyFile(disk, folder.resolve(NAME), clock, most);
  }

  // ── What is there ───────────────────────────────────────────────────────────────────────────

  private static ByteBuffer header() {
    var header = ByteBuffer.allocate(PLACE).putLong(MAGIC).putInt(FORMAT).position(PLACE - 4);
    return header.putInt(checksum(header.array())).flip();
  }

  private static int checksum(byte[] place) {
    var crc = new CRC32C();
    crc.update(place, 0, PLACE - 4);
    return (int) crc.getValue();
  }

  private static boolean isWhole(ByteBuffer place) {
    return place.remaining() == PLACE
        && place.getInt(place.position() + PLACE - 4) == checksum(bytes(place));
  }

  private static byte[] bytes(ByteBuffer place) {
    byte[] bytes = new byte[PLACE];
    place.duplicate().get(bytes);
    return bytes;
  }

  private boolean isWhole() throws IOException {
    ByteBuffer first = ByteBuffer.allocate(PLACE);
    try (LedgerDisk.ReadFile in = disk.read(file)) {
      fill(in, first, 0);
    }
    if (!isWhole(first) || first.getLong(0) != MAGIC) return false;
    if (first.getInt(8) == FORMAT) return true;
    throw new IOException(
        "%s is of format %d; this version reads format %d."
            .formatted(file, first.getInt(8), FORMAT));
  }

  private static void fill(LedgerDisk.ReadFile in, ByteBuffer into, long from) throws IOException {
    while (into.hasRemaining() && in.read(into, from + into.position()) > 0) {}
    into.flip();
  }

  /// Returns the places of which nothing can be read.
  private List<Integer> read() throws IOException {
    ByteBuffer all = ByteBuffer.allocate((int) Math.min(Files.size(file), Integer.MAX_VALUE - 8));
    try (LedgerDisk.ReadFile in = disk.read(file)) {
      fill(in, all, 0);
    }
    var found = new ArrayList<Kept>();
    var torn = new ArrayList<Integer>();
    for (int at = PLACE; at < all.limit(); at += PLACE) {
      int place = places++;
      ByteBuffer one = all.slice(at, Math.min(PLACE, all.limit() - at));
      if (isWhole(one)) {
        found.add(kept(one, place));
        continue;
      }
      free.add(place);
      if (!one.equals(ByteBuffer.allocate(PLACE))) torn.add(place);
    }
    found.sort(Comparator.comparingInt(one -> one.day));
    found.forEach(this::put);
    if (!torn.isEmpty()) {
      log.warn(
          "{} keys of persons cannot be read: what may be under them reads as erased.",
          torn.size());
    }
    return torn;
  }

  private static Kept kept(ByteBuffer one, int place) {
    long id = one.getLong();
    var tag = new Tag(one.getLong(), one.getLong());
    byte[] secret = new byte[BYTES];
    one.get(secret);
    return new Kept(tag, new Key(id, secret), place, one.getInt());
  }

  private void put(Kept one) {
    byId.put(one.key.id(), one);
    byPerson.put(one.tag, one);
  }

  // ── Keys ────────────────────────────────────────────────────────────────────────────────────

  /// After the file is closed, a new person gets a key that nobody keeps.
  @Override
  public synchronized Key of(String person) {
    Tag tag = Tag.of(person);
    Kept one = byPerson.get(tag);
    int today = day(clock.instant());
    if (one == null) {
      one = new Kept(tag, newKey(), closed ? 0 : room(), today);
      if (closed) return one.key;
      put(one);
      waits(one);
    } else if (one.day < today && !closed) {
      one.day = today;
      waits(one);
    }
    return one.key;
  }

  private void waits(Kept one) {
    if (one.waits) return;
    one.waits = true;
    unwritten.add(one);
  }

  private Key newKey() {
    byte[] secret = new byte[BYTES];
    RANDOM.nextBytes(secret);
    long id = RANDOM.nextLong();
    while (byId.containsKey(id)) id = RANDOM.nextLong();
    return new Key(id, secret);
  }

  private int room() {
    if (byPerson.size() >= most) {
      Kept oldest = byPerson.firstEntry().getValue();
      if (!saidFull) {
        log.warn(
            "There are {} keys of persons, which is the most: who was heard of longest ago is"
                + " forgotten.",
            most);
      }
      saidFull = true;
      drop(oldest);
      return oldest.place;
    }
    Integer left = free.poll();
    return left != null ? left : places++;
  }

  private void drop(Kept one) {
    byPerson.remove(one.tag);
    byId.remove(one.key.id());
    if (one.waits) unwritten.remove(one);
  }

  private static int day(Instant at) {
    return (int) Math.floorDiv(at.getEpochSecond(), 86_400);
  }

  @Override
  public synchronized Optional<Key> find(long id) {
    return Optional.ofNullable(byId.get(id)).map(one -> one.key);
  }

  // ── On the disk ─────────────────────────────────────────────────────────────────────────────

  /// Writes what waits, before the frame that needs it.
  ///
  /// @throws IOException when the disk is full; what waits goes on waiting
  synchronized void write() throws IOException {
    while (!unwritten.isEmpty()) {
      Kept one = unwritten.peek();
      write(one);
      one.waits = false;
      unwritten.poll();
    }
  }

  private void write(Kept one) throws IOException {
    var place =
        ByteBuffer.allocate(PLACE)
            .putLong(one.key.id())
            .putLong(one.tag.high())
            .putLong(one.tag.low())
            .put(one.key.secret())
            .putInt(one.day);
    write(one.place, place.putInt(checksum(place.array())).flip());
  }

  private void write(int place, ByteBuffer bytes) throws IOException {
    unforced = true;
    out.write(bytes, (long) PLACE * (1 + place));
  }

  private void clear(int place) throws IOException {
    write(place, ByteBuffer.allocate(PLACE));
  }

  @Override
  public void force() throws IOException {
    synchronized (this) {
      if (closed) return;
      write();
    }
    forceWritten();
  }

  /// Where the force fails, the next one forces again.
  void forceWritten() throws IOException {
    synchronized (forcing) {
      synchronized (this) {
        if (!unforced || closed) return;
        unforced = false;
      }
      try {
        out.force();
      } catch (IOException e) {
        synchronized (this) {
          unforced = true;
        }
        throw e;
      }
    }
  }

  @Override
  public int destroy(Collection<String> persons) throws IOException {
    int destroyed = 0;
    for (String person : persons) if (destroy(Tag.of(person))) destroyed++;
    forceWritten();
    return destroyed;
  }

  private synchronized boolean destroy(Tag tag) throws IOException {
    Kept one = byPerson.get(tag);
    if (one == null) return false;
    remove(one);
    return true;
  }

  private void remove(Kept one) throws IOException {
    clear(one.place);
    drop(one);
    free.add(one.place);
  }

  /// Destroys the keys that were not used since, a few at a time: the engine may want one
  /// meanwhile.
  void forgetUnusedSince(Instant since) throws IOException {
    while (forgetSome(day(since))) {}
  }

  private synchronized boolean forgetSome(int day) throws IOException {
    for (int i = 0; i < AT_ONCE; i++) {
      if (closed || byPerson.isEmpty()) return false;
      Kept oldest = byPerson.firstEntry().getValue();
      if (oldest.day >= day) return false;
      remove(oldest);
    }
    return true;
  }

  /// What is known by now can still be found.
  @Override
  public void close() throws IOException {
    try {
      force();
    } finally {
      synchronized (this) {
        closed = true;
      }
      out.close();
    }
  }
}
