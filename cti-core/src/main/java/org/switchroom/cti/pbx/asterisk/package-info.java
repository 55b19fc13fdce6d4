/// The adapter to Asterisk 16 to 22: AMI and FastAGI through Asterisk-Java, and the dialplan kit's
/// names.
///
/// ```
///   DefaultAmiLink ── keeps one AmiConnection alive; replaces it when it is lost or silent
///     │  events (in order, on one thread)          ▲ actions (from a thread of their own)
///     ▼                                            │
///   AmiTranslator ──▶ PbxEvent              PbxCommand ──▶ AmiActions
///     Callers, Legs, Talks, PhoneTransfers, LivingChannels
///
///   AgiDoor ── only our Asterisk's, with a call of its own ──▶ FastAgiFront ── a virtual thread a
///      ▲                                                    caller ──▶ IvrGate
///   AgiAdmission ◀── AmiTranslator: which calls are on their way to a script
/// ```
@NullMarked
package org.switchroom.cti.pbx.asterisk;

import org.jspecify.annotations.NullMarked;
