package org.switchroom.acd;

/// Who wants to know why.
public interface Explainer {
  /// Whether this offer is to be explained. Called for each offer, just before it is made.
  boolean wants(OfferId offer, ContactId contact);

  void explained(Explanation explanation);
}
