import { isEnough } from '../record/finder';
import type { Directory, DirectoryCustomers } from '../generated/wire';
import { typedSearch, type TypedSearch } from '../shared/typed-search';

// To whom a caller can be given; what is shown is how it was when it was looked up.

/** So long nothing is typed before it is looked up. */
const PAUSE = 250;

/** What takes the database longer, and is counted. */
const PAUSE_FOR_CUSTOMERS = 400;

/**
 * A look into the directory; where nothing is typed, the first of all.
 *
 * @param contact who is to be given away
 */
export const lookup = (contact: string): TypedSearch<Directory> =>
  typedSearch('/api/directory', PAUSE, () => true, { contact });

/** A look for customers, whose numbers are what one can reach them at. */
export const lookupCustomers = (): TypedSearch<DirectoryCustomers> =>
  typedSearch('/api/directory/customers', PAUSE_FOR_CUSTOMERS, isEnough);
