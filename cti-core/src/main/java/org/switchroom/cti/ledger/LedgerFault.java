package org.switchroom.cti.ledger;

/// No frame can be taken any more: the process has to halt. The turn that was to be written has not
/// happened.
public final class LedgerFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LedgerFault(String message) {
    super(message);
  }
}
