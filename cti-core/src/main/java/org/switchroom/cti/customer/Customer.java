package org.switchroom.cti.customer;

/// A person or organisation we know.
///
/// @param account the number they key in the IVR; empty: none
/// @param tier `gold`, `silver` or `standard`
/// @param language a BCP 47 tag such as `zh-Hant`
public record Customer(
    long id, String account, String name, String organisation, String tier, String language) {}
