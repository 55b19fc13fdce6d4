package org.switchroom.cti.customer;

/// Somebody whom an agent writes down as a customer. However often the same agent does so in the
/// same contact, there is one customer.
///
/// @param name 1 to 200 characters, as [TypedText] leaves them
/// @param e164 the number they called from; empty: none
public record UnsavedCustomer(String contact, String agent, String name, String e164) {}
