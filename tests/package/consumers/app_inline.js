// With the WebAssembly inside the script: no file beside it that could be missing.
import 'azure-backup-jobs/inline/pictures';
import 'azure-backup-jobs/register/all';
import { show } from './show.js';

show();
