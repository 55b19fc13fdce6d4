package org.switchroom.cti.customer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretHashTest {
  private static final String SALT = "$NXUHzvbJG2bhXBkgODqDkQ";
  private static final String DIGEST = "$0HU4PNnNENTqyQLXu+Zjbpcu4XY3PftPBoiKzkjyLE4";

  private final SecretHash hashes = new SecretHash(2);

  @Test
  void nobodysIsLikeEveryOther() {
    String salted = SecretHash.of("2468");
    assertThat(SecretHash.NOBODYS)
        .startsWith(salted.substring(0, salted.indexOf("p=1$") + 4))
        .hasSameSizeAs(salted)
        .satisfies(hash -> assertThat(SecretHash.isOne(hash)).isTrue());
    assertThat(new SecretHash(1).matches("", SecretHash.NOBODYS)).isFalse();
  }

  @Test
  void theRightOneMatchesAndNoOther() {
    String hash = SecretHash.of("2468");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(hashes.matches("2468", hash)).isTrue();
    assertThat(hashes.matches("2469", hash)).isFalse();
    assertThat(hashes.matches("", hash)).isFalse();
    assertThat(SecretHash.of("2468")).isNotEqualTo(hash);
  }

  /// The first is of the tests of the reference implementation; the others are by password4j 1.8.4,
  /// which made the hashes that configurations and databases have.
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = ' ',
      textBlock =
          """
          password $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc
          "correct horse battery" $argon2id$v=19$m=19456,t=2,p=1$NXUHzvbJG2bhXBkgODqDkQ$0HU4PNnNENTqyQLXu+Zjbpcu4XY3PftPBoiKzkjyLE4
          päß-密碼-🔑 $argon2id$v=19$m=19456,t=2,p=1$+unf83xJU4GzKtLRLISz8g$Qmew3vxwgNW50deCs7uiLHN40numBwXpzNoPSXzKiRo
          4711 $argon2id$v=19$m=19456,t=2,p=1$WoozQ5SqPT7sifvZXeUmlg$0lHjwGH5/SJneYLeJ7O0N8u4t1YeLveK+I3ls9sb9Vw
          other $argon2id$v=19$m=65536,t=3,p=4$LzKJGUM2ky6hBfDxjuvPYA$0TtudfWOF+sAKaaRKLv5MpB4BuQ1RbYMINrhGDOQ93c
          """)
  void hashesOfOthersAreGoodToo(String secret, String hash) {
    assertThat(SecretHash.isOne(hash)).isTrue();
    assertThat(hashes.matches(secret, hash)).isTrue();
    assertThat(hashes.matches(secret + "x", hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2468",
        "$argon2id$",
        "$argon2i$v=19$m=19456,t=2,p=1" + SALT + DIGEST,
        "$argon2id$v=16$m=19456,t=2,p=1" + SALT + DIGEST,
        "$argon2id$v=19$m=19456,t=2,p=0" + SALT + DIGEST,
        "$argon2id$v=19$m=19456,t=0,p=1" + SALT + DIGEST,
        "$argon2id$v=19$m=7,t=2,p=1" + SALT + DIGEST,
        "$argon2id$v=19$m=999999999,t=2,p=1" + SALT + DIGEST,
        "$argon2id$v=19$m=19456,t=999999999,p=1" + SALT + DIGEST,
        "$argon2id$v=19$m=99999999999,t=2,p=1" + SALT + DIGEST,
        "$argon2id$v=19$m=19456,t=2,p=1$" + DIGEST,
        "$argon2id$v=19$m=19456,t=2,p=1" + SALT + "$0HU4PNnNE",
        "$argon2id$v=19$m=19456,t=2,p=1" + SALT + DIGEST + "$",
      })
  void whatIsNoHashMatchesNothing(String hash) {
    assertThat(SecretHash.isOne(hash)).isFalse();
    assertThat(hashes.matches("correct horse battery", hash)).isFalse();
  }

  @Test
  void theMemoryIsUsedAgain() {
    String hash = SecretHash.of("2468");
    hashes.matches("2468", hash);
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10; i++) hashes.matches("1357", hash);
    long each = (thread.getCurrentThreadAllocatedBytes() - before) / 10;
    assertThat(each).as("bytes of garbage").isLessThan(500_000);
  }

  @Test
  void moreThanItsPlacesAreCheckedOneAfterTheOther() throws Exception {
    String hash = SecretHash.of("2468");
    var right = new AtomicInteger();
    var done = new CountDownLatch(8);
    IntStream.range(0, 8)
        .forEach(
            number ->
                Thread.ofPlatform()
                    .start(
                        () -> {
                          String secret = number % 2 == 0 ? "2468" : "1357";
                          if (hashes.matches(secret, hash)) right.incrementAndGet();
                          done.countDown();
                        }));
    done.await();
    assertThat(right).hasValue(4);
  }
}
