/// The demo: a book importer with customers, colleagues and callers, none of them real.
package org.switchroom.desktop.demo;
