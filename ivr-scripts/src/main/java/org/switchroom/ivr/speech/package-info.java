/// Numbers, dates, times and money as they are said in English and Mandarin.
@NullMarked
package org.switchroom.ivr.speech;

import org.jspecify.annotations.NullMarked;
