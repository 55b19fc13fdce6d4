import type { CustomersFound } from '../generated/wire';
import { typedSearch, type TypedSearch } from '../shared/typed-search';

/** So long nothing is typed before it is looked for. */
const PAUSE = 400;

/** As the server says: one letter finds half of the customers, one ideograph is half of a name. */
export const isEnough = (text: string) => [...text].length >= 2 || /\p{Ideographic}/u.test(text);

export type Finder = TypedSearch<CustomersFound>;

/** A search for customers. */
export const finder = (): Finder => typedSearch('/api/customers/search', PAUSE, isEnough);
