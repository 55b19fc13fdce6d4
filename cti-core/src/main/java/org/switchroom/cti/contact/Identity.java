package org.switchroom.cti.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.personal.Personal;

/// Which customer a contact is from, as far as that is known.
///
/// @param matches who it may be
/// @param chosen whom of them an agent has named; empty: nobody yet
public record Identity(@Personal List<CustomerCard> matches, @Personal Optional<Long> chosen) {
  static final Identity UNKNOWN = new Identity(List.of(), Optional.empty());

  public Identity {
    matches = List.copyOf(matches);
  }

  /// Known only when there is one, or an agent has named them.
  public Optional<CustomerCard> card() {
    if (chosen.isPresent()) {
      return matches.stream().filter(one -> one.customer().id() == chosen.get()).findFirst();
    }
    return matches.size() == 1 ? Optional.of(matches.getFirst()) : Optional.empty();
  }

  Identity found(List<CustomerCard> cards) {
    return new Identity(cards, chosen);
  }

  /// An agent has named them.
  Identity chose(CustomerCard card) {
    var all = new ArrayList<>(matches);
    all.removeIf(one -> one.customer().id() == card.customer().id());
    all.addFirst(card);
    return new Identity(all, Optional.of(card.customer().id()));
  }
}
