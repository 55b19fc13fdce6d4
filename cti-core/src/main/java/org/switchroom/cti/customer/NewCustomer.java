package org.switchroom.cti.customer;

/// A caller whom an agent writes down as a customer. However often the same agent does so in the
/// same call, there is one customer.
///
/// @param name 1 to 200 characters, as [TypedText] leaves them
/// @param e164 the number they called from; empty: none
public record NewCustomer(String call, String agent, String name, String e164) {}
