package org.switchroom.desktop.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.switchroom.cti.customer.Order;
import org.switchroom.cti.customer.Pins;
import org.switchroom.cti.pbx.simulated.Traffic.Person;
import org.switchroom.cti.store.CustomerSeed;

/// Customers of a book importer, with what they have bought and complained about. The same seed
/// brings the same people.
final class DemoCustomers {
  private static final int HOW_MANY = 400;

  /// Everybody's, so that somebody who tries the demo can be anybody.
  private static final String PIN = "2468";

  private static final String[] FAMILY = {
    "陳", "林", "黃", "張", "李", "王", "吳", "劉", "蔡", "楊", "許", "鄭", "謝", "洪", "郭"
  };
  private static final String[] GIVEN = {
    "怡君", "志明", "淑芬", "家豪", "雅婷", "俊傑", "美玲", "建宏", "佳穎", "宗翰", "詩涵", "冠宇"
  };
  private static final String[] FIRST = {
    "Alice", "Ben", "Carla", "David", "Emma", "Frank", "Grace", "Hugo", "Iris", "Jack", "Kate",
    "Leo"
  };
  private static final String[] LAST = {
    "Baker", "Carter", "Doyle", "Evans", "Foster", "Grant", "Hughes", "Irving", "Jensen", "Keller"
  };
  private static final String[] BOOKS = {
    "《紅樓夢》校注本",
    "Middlemarch",
    "《三體》精裝",
    "The Art of Computer Programming, vol. 4B",
    "《臺灣通史》",
    "Beloved",
    "《邊城》",
    "A Pattern Language",
    "《圍城》",
    "The Tale of Genji"
  };
  private static final String[] COMPANIES = {
    "", "", "", "", "誠信書局", "Harbour Books", "南方書店", "Orchid Library"
  };

  private DemoCustomers() {}

  /// Writes them, and returns who may call.
  static List<Person> seed(CustomerSeed store, Pins pins, long seed, Instant now) {
    var random = new SplittableRandom(seed);
    String pinHash = pins.hash(PIN);
    var people = new ArrayList<Person>();
    var customers = new ArrayList<CustomerSeed.Entry>();
    for (int i = 0; i < HOW_MANY; i++) {
      boolean english = random.nextInt(4) == 0;
      String name =
          english
              ? pick(random, FIRST) + " " + pick(random, LAST)
              : pick(random, FAMILY) + pick(random, GIVEN);
      String number = "+8862%08d".formatted(23_000_000 + i * 37);
      String tier =
          switch (random.nextInt(10)) {
            case 0 -> "gold";
            case 1, 2 -> "silver";
            default -> "standard";
          };
      people.add(new Person(number, name));
      customers.add(
          new CustomerSeed.Entry(
              "%06d".formatted(100_000 + i),
              name,
              pick(random, COMPANIES),
              tier,
              english ? "en" : i % 5 == 0 ? "zh-Hans" : "zh-Hant",
              pinHash,
              List.of(number),
              history(random, now),
              orders(random, i, LocalDate.ofInstant(now, ZoneOffset.UTC))));
    }
    // A number that two people share: the agent is asked who it is.
    customers.add(
        new CustomerSeed.Entry(
            "199999",
            "林雅婷",
            "",
            "standard",
            "zh-Hant",
            List.of(people.getFirst().number()),
            List.of()));
    store.write(customers);
    return people;
  }

  private static List<CustomerSeed.PastEvent> history(SplittableRandom random, Instant now) {
    var events = new ArrayList<CustomerSeed.PastEvent>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Instant at = now.minus(Duration.ofHours(random.nextInt(24 * 200) + 2));
      String book = pick(random, BOOKS);
      events.add(
          random.nextInt(2) == 0
              ? new CustomerSeed.PastEvent(at, "complaint", book + " arrived damaged")
              : new CustomerSeed.PastEvent(at, "note", "Prefers delivery after 18:00"));
    }
    return events;
  }

  /// Newer orders are still on their way.
  private static List<Order> orders(SplittableRandom random, int customer, LocalDate today) {
    var orders = new ArrayList<Order>();
    int many = random.nextInt(4);
    for (int i = 0; i < many; i++) {
      int age = random.nextInt(i == 0 ? 9 : 200);
      LocalDate placed = today.minusDays(age);
      String status =
          age > 20 ? "delivered" : List.of("placed", "packed", "shipped", "customs").get(age % 4);
      orders.add(
          new Order(
              Integer.toString(40_000 + customer * 4 + i),
              0,
              placed,
              status,
              age > 20 ? Optional.empty() : Optional.of(today.plusDays(3 + random.nextInt(12))),
              (300 + random.nextInt(40) * 50) + " TWD",
              pick(random, BOOKS)));
    }
    return orders;
  }

  private static String pick(SplittableRandom random, String[] from) {
    return from[random.nextInt(from.length)];
  }
}
