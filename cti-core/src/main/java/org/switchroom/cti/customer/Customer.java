package org.switchroom.cti.customer;

/// A person or organisation we know.
///
/// @param account the number they key in the IVR; empty: none
/// @param tier `gold`, `silver` or `standard`
/// @param language a BCP 47 tag such as `zh-Hant`
/// @param balance what they owe, with its currency: `1250 TWD`; empty: not known
public record Customer(
    long id,
    String account,
    String name,
    String organisation,
    String tier,
    String language,
    String balance) {
  /// Of whom nothing else is known.
  public static Customer of(long id, String name, String tier, String language) {
    return new Customer(id, "", name, "", tier, language, "");
  }
}
