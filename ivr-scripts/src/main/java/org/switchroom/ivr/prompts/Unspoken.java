package org.switchroom.ivr.prompts;

import org.switchroom.ivr.speech.Language;

/// What is missing in one language, because its voice could not make it.
///
/// @param missing sounds that are not there; at least one
/// @param of sounds that are wanted in this language
/// @param why the name of the first that could not be made, and what the voice said to it
public record Unspoken(Language language, int missing, int of, String why) {}
