package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.TestCenter;

/// Customers who are looked for, on a real screen.
@NeedsBrowser
class CustomersPageTest {
  private static CustomerSeed.Entry customer(String name, String number) {
    var order = new CustomerSeed.PastEvent(Instant.now(), "order", "Order #1");
    return new CustomerSeed.Entry("", name, "", "gold", "", List.of(number), List.of(order));
  }

  @Test
  void aCallerIsFoundFromThePopAndARecordIsOpenedOnThePage() throws Exception {
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("find-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS);
      var customers = new ArrayList<CustomerSeed.Entry>();
      customers.add(customer("Chen Mei", "+886912345678"));
      customers.add(customer("林雅婷", "+886223000001"));
      for (int i = 0; i < 21; i++) customers.add(customer("Somebody " + i, "+88670000" + i));
      new CustomerSeed(database).write(customers);
      try (var server = TestCenter.on(rig).straightTo("orders").start(database);
          var browser =
              new BrowserScript(
                  "customers.mjs",
                  server.webPort(),
                  Map.of("AGENT", "a1", "PASSWORD", TestCenter.PASSWORD))) {
        browser.awaitLine("ready");
        rig.call("0223007777", ' ', Duration.ofSeconds(60));
        assertThat(browser.awaitLine("searched")).isEqualTo("searched /api/customers/search");
        assertThat(browser.awaitLine("known")).isEqualTo("known Chen Mei");
        assertThat(browser.awaitLine("opened")).isEqualTo("opened 林雅婷");
        assertThat(browser.awaitLine("sent"))
            .isEqualTo("sent /api/customers/search /api/customers/ID");
        assertThat(browser.awaitLine("at")).isEqualTo("at /customers");
        assertThat(browser.awaitLine("back")).isEqualTo("back 1");
        assertThat(browser.awaitLine("nobody")).isEqualTo("nobody Nobody was found.");
        assertThat(browser.awaitLine("many")).isEqualTo("many 20");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
      }
    }
  }
}
