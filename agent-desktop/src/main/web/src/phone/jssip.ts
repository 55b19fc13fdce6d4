// Loaded when there is a telephone in the browser, and never before.
import { UA } from 'jssip';

export default { UA };
