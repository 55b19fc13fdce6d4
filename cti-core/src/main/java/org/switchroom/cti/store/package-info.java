/// SQL: the only place where it stands. H2 (embedded) and PostgreSQL run the same migrations and
/// statements.
@NullMarked
package org.switchroom.cti.store;

import org.jspecify.annotations.NullMarked;
