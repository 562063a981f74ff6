/** What Apollo itself takes, behind a bare node:http. */
import { constants } from './constants.js';
import { serve } from './serve.js';

await serve(await constants(process.argv[2]));
