/// How many agents a load needs: Erlang's B and C, and A with callers who give up.
package org.switchroom.acd.staffing;
