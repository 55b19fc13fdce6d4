/// The demo: a book importer with customers, colleagues and callers, none of them real.
@NullMarked
package org.switchroom.desktop.demo;

import org.jspecify.annotations.NullMarked;
