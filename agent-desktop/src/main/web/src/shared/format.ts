import { language } from './words';

/** 75000 → `1:15`, 3700000 → `1:01:40`. */
export function duration(millis: number): string {
  const all = Math.max(0, Math.floor(millis / 1000));
  const seconds = String(all % 60).padStart(2, '0');
  const minutes = Math.floor(all / 60) % 60;
  const hours = Math.floor(all / 3600);
  return hours
    ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`
    : `${minutes}:${seconds}`;
}

/** A target: 20 → `20 s`, 14400 → `4 h`. */
export function span(seconds: number): string {
  if (seconds % 3600 === 0 && seconds > 0) return `${seconds / 3600}\u00a0h`;
  return seconds % 60 === 0 && seconds > 0 ? `${seconds / 60}\u00a0min` : `${seconds}\u00a0s`;
}

export const percent = (share: number | null): string =>
  share === null ? '–' : `${Math.round(share * 100)} %`;

/** A day of a date field, where the browser is: `2026-11-28` → when it begins; empty: empty. */
export const beginOfDay = (day: string): string => later(day, 0);

/** When the next one begins. */
export const endOfDay = (day: string): string => later(day, 1);

function later(day: string, days: number): string {
  if (!day) return '';
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + days);
  return at.toISOString();
}

/** The last day before: what ends with a day ends when the next begins. Else to the second. */
export function lastDay(until: number): string {
  const at = new Date(until);
  if (at.getHours() + at.getMinutes() + at.getSeconds() + at.getMilliseconds())
    return moment(until);
  at.setDate(at.getDate() - 1);
  return new Intl.DateTimeFormat(language.value, { dateStyle: 'short' }).format(at);
}

/** To the second. */
export function moment(at: number): string {
  const options: Intl.DateTimeFormatOptions = { dateStyle: 'short', timeStyle: 'medium' };
  return new Intl.DateTimeFormat(language.value, options).format(at);
}

export function day(at: number): string {
  const options: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  };
  return new Intl.DateTimeFormat(language.value, options).format(at);
}
