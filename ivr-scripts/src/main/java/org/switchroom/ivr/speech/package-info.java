/// Numbers, dates, times and money as they are said in English and Mandarin.
package org.switchroom.ivr.speech;
