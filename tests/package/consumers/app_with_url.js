// For bundlers that know files by `import`: the host says where its build has put the WebAssembly.
import { useWasm } from 'azure-backup-jobs/lists';
import file from 'azure-backup-jobs/lists.wasm';
import 'azure-backup-jobs/register/jobs';
import { show } from './show.js';

useWasm(new URL(file, document.baseURI));
show();
