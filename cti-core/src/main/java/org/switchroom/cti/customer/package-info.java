/// Who calls, and what is known of them: looked up by number or account, kept in a cache before
/// SQL.
@NullMarked
package org.switchroom.cti.customer;

import org.jspecify.annotations.NullMarked;
