import type { Case } from '../case.js';
import { DOCUMENTS } from './documents.js';
import { HTTP } from './http.js';
import { MESSAGES } from './messages.js';
import { PIPE } from './pipe.js';
import { VALUES } from './values.js';

export const CASES: readonly Case[] = [...DOCUMENTS, ...VALUES, ...HTTP, ...MESSAGES, ...PIPE];
