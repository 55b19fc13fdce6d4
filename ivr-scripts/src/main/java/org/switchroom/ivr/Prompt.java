package org.switchroom.ivr;

import java.util.Optional;

/// One sound.
///
/// @param text what is said, for people who read
/// @param file the sound file to play, without its ending; empty: there is none yet
public record Prompt(String text, Optional<String> file) {}
