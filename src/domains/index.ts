import type { Domain } from '../schema/domain.js';
import { user } from './user/index.js';

/** Everything that this server is about; a new domain is a folder and a word here. */
export const DOMAINS: readonly Domain[] = [user];
