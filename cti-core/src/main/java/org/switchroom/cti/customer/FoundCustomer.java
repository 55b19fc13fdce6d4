package org.switchroom.cti.customer;

/// A customer who was found, as far as one needs to know which of several it is.
///
/// @param account empty: none
/// @param tier what the configuration calls it
/// @param number the first of theirs; empty: none
public record FoundCustomer(
    long id, String name, String organisation, String account, String tier, String number) {}
