/// A script drawn as a diagram.
@NullMarked
package org.switchroom.ivr.picture;

import org.jspecify.annotations.NullMarked;
