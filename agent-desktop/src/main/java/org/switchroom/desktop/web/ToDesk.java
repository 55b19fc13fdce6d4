package org.switchroom.desktop.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.screens.ScreenPop;

/// What a desk is told. The name of a record is its `type`, its components are the fields; the
/// front end's types are written of them.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface ToDesk extends BrowserMessage {
  /// @param now by which it is told since when something is
  record Hello(Instant now) implements ToDesk {}

  /// @param topics changed fields by topic; one that is gone is null
  record Delta(Map<String, ObjectNode> topics) implements ToDesk {}

  /// @param pop empty, and written as null: the agent has the contact no more
  record Pop(ContactId contact, @JsonInclude Optional<ScreenPop> pop) implements ToDesk {}

  /// The server stops in good order.
  record Stopping() implements ToDesk {}

  /// @param id the desk's number of what it asked for
  /// @param code why not
  /// @param message why not, in English
  record Reply(long id, boolean ok, Optional<String> code, Optional<String> message)
      implements ToDesk {
    Reply(long id, Optional<Refusal> refusal) {
      this(id, refusal.isEmpty(), refusal.map(Refusal::code), refusal.map(Refusal::message));
    }
  }
}
