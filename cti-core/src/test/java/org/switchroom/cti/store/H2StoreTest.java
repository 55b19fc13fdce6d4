package org.switchroom.cti.store;

/// The embedded database.
class H2StoreTest extends StoreContract {
  @Override
  Database open() {
    return Database.open(Database.embeddedUrl(folder.resolve("center")), "sa", "");
  }
}
