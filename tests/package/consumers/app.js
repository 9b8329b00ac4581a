import 'azure-backup-jobs/register/jobs';
import { show } from './show.js';

show();
