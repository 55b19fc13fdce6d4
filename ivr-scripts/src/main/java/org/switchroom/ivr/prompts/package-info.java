/// Sound files: made from text ahead of need by a text-to-speech command, or recorded by people.
@NullMarked
package org.switchroom.ivr.prompts;

import org.jspecify.annotations.NullMarked;
