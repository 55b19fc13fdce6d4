package org.switchroom.desktop.server;

import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlAuditTrail;
import org.switchroom.cti.store.SqlBackOffice;
import org.switchroom.cti.store.SqlBlockList;
import org.switchroom.cti.store.SqlCustomerStore;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.store.SqlLogIns;
import org.switchroom.cti.store.SqlScriptStore;
import org.switchroom.cti.store.SqlTalkIndex;

/// What is in the database, which stays its opener's.
record Stores(
    Database database,
    SqlScriptStore scripts,
    SqlBackOffice office,
    SqlHistoryStore history,
    SqlLogIns logIns,
    SqlAuditTrail audit,
    SqlBlockList blocked,
    SqlTalkIndex talks,
    SqlCustomerStore records,
    CustomerDirectory customers)
    implements AutoCloseable {
  /// @param region where numbers without a country code belong
  static Stores in(Database database, String region) {
    var records = new SqlCustomerStore(database);
    return new Stores(
        database,
        new SqlScriptStore(database),
        new SqlBackOffice(database),
        new SqlHistoryStore(database),
        new SqlLogIns(database),
        new SqlAuditTrail(database),
        new SqlBlockList(database),
        new SqlTalkIndex(database),
        records,
        new CustomerDirectory(records, new Numbers(region)));
  }

  @Override
  public void close() {
    customers.close();
  }
}
