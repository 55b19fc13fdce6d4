package org.switchroom.cti.customer;

import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// What people prove who they are by, kept as argon2id hashes (RFC 9106), each with a salt of its
/// own: 19 MiB, two passes, one lane, which is OWASP's first choice. A hash says how it was made,
/// so that those made otherwise are good too.
///
/// The memory that a hash is worked out in is used again by the next: one of these holds 19 MiB for
/// each of those that it has worked out at once, until none was needed for a while and the heap is
/// wanted for something else. A check makes 0.1 MiB of garbage.
public final class SecretHash {
  private static final int KIBIBYTES = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int DIGEST_BYTES = 32;

  /// Whoever can write a hash must not be able to stop the server with it.
  private static final int MOST_KIBIBYTES = 1 << 20;

  private static final int MOST_PASSES = 100;
  private static final int MOST_LANES = 64;
  private static final int BLOCKS = Argon2BytesGenerator.getBlockCount(KIBIBYTES, LANES);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder TO_TEXT = Base64.getEncoder().withoutPadding();

  /// PHC's string format.
  private static final Pattern TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{6,86})");

  private final Semaphore places;

  /// Those that nobody uses now; the last one used first, so that no more are filled than are
  /// needed at once.
  private final Deque<SoftReference<FixedBlockPool>> memories = new ConcurrentLinkedDeque<>();

  /// @param atOnce so many are checked at a time; more wait, and come in the order in which they
  ///   came: who asks without end would else keep others waiting
  public SecretHash(int atOnce) {
    places = new Semaphore(atOnce, true);
  }

  /// @return another one each time, by its salt
  public static String of(String secret) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    var cost = new Cost(KIBIBYTES, PASSES, LANES);
    byte[] digest = digest(secret, salt, cost, DIGEST_BYTES, new FixedBlockPool(0));
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            KIBIBYTES, PASSES, LANES, TO_TEXT.encodeToString(salt), TO_TEXT.encodeToString(digest));
  }

  /// Whether it is one that [#matches] can read: argon2id, version 19, at most 1 GiB, 100 passes
  /// and 64 lanes.
  public static boolean isOne(String hash) {
    return Kept.read(hash).isPresent();
  }

  /// Slow on purpose, and waits for its turn. False also for a hash that cannot be read.
  public boolean matches(String secret, String hash) {
    Optional<Kept> kept = Kept.read(hash);
    return kept.isPresent() && matches(secret, kept.get());
  }

  private boolean matches(String secret, Kept kept) {
    places.acquireUninterruptibly();
    FixedBlockPool memory = memory();
    try {
      byte[] digest = digest(secret, kept.salt, kept.cost, kept.digest.length, memory);
      return MessageDigest.isEqual(digest, kept.digest);
    } finally {
      memories.addFirst(new SoftReference<>(memory));
      places.release();
    }
  }

  private FixedBlockPool memory() {
    SoftReference<FixedBlockPool> free = memories.pollFirst();
    FixedBlockPool memory = free == null ? null : free.get();
    return memory == null ? new FixedBlockPool(BLOCKS) : memory;
  }

  private static byte[] digest(
      String secret, byte[] salt, Cost cost, int bytes, FixedBlockPool memory) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.kibibytes)
            .withIterations(cost.passes)
            .withParallelism(cost.lanes)
            .withSalt(salt)
            .withBlockPool(memory)
            .build());
    byte[] digest = new byte[bytes];
    generator.generateBytes(secret.getBytes(StandardCharsets.UTF_8), digest);
    return digest;
  }

  private record Cost(int kibibytes, int passes, int lanes) {
    boolean isBearable() {
      return lanes >= 1
          && lanes <= MOST_LANES
          && passes >= 1
          && passes <= MOST_PASSES
          && kibibytes >= 8 * lanes
          && kibibytes <= MOST_KIBIBYTES;
    }
  }

  /// A hash that was read.
  private record Kept(Cost cost, byte[] salt, byte[] digest) {
    static Optional<Kept> read(String hash) {
      Matcher text = TEXT.matcher(hash);
      if (!text.matches()) return Optional.empty();
      var cost = new Cost(number(text, 1), number(text, 2), number(text, 3));
      if (!cost.isBearable()) return Optional.empty();
      try {
        Base64.Decoder bytes = Base64.getDecoder();
        return Optional.of(
            new Kept(cost, bytes.decode(text.group(4)), bytes.decode(text.group(5))));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    private static int number(Matcher text, int group) {
      return Integer.parseInt(text.group(group));
    }
  }
}
