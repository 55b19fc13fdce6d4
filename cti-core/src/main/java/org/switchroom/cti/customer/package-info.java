/// Who calls, and what is known of them: looked up by number or account, kept in a cache before
/// SQL.
package org.switchroom.cti.customer;
