/// SQL: the only place where it stands. H2 (embedded) and PostgreSQL run the same migrations and
/// statements.
package org.switchroom.cti.store;
