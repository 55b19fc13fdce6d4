package org.switchroom.cti.customer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where customers are kept. Every call does I/O.
public interface CustomerStore {
  /// Everybody who has this number, in E.164; at most ten.
  List<CustomerCard> byNumber(String e164);

  Optional<CustomerCard> byAccount(String account);

  Optional<CustomerCard> byId(long id);

  /// Whom somebody looks for: who has just this account or number first, then by name. Of who was
  /// erased there is nothing to be found.
  ///
  /// @param most customers
  /// @throws RuntimeException also where it takes the database too long
  List<FoundCustomer> find(CustomerSearch search, int most);

  /// By customer the first of their numbers, in E.164; who has none is not in it.
  ///
  /// @param most numbers of a customer
  Map<Long, List<String>> numbers(List<Long> customers, int most);

  /// The customer of this contact and agent: written down now, or when it was asked for first.
  /// Asked for twice at once, both get the same.
  CustomerCard create(UnsavedCustomer customer);
}
