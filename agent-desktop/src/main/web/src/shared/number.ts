/** A number as people write it, with at least three digits. */
export const isNumber = (text: string): boolean =>
  /^\+?[\d\s().\-/]+$/.test(text.trim()) && text.replace(/\D/g, '').length >= 3;
