package org.switchroom.ivr;

import org.jspecify.annotations.Nullable;

/// One sound.
///
/// @param text what is said, for people who read
/// @param file the sound file to play, without its ending; null: there is none yet
public record Prompt(String text, @Nullable String file) {}
