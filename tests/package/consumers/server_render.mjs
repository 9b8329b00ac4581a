// What a server that draws with React and Vue does: imports the elements, writes their tags, polls nothing.
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { createSSRApp, h } from 'vue';
import { renderToString as vueToString } from 'vue/server-renderer';
import 'azure-backup-jobs/register/all';
import { openEngine } from 'azure-backup-jobs';

const properties = { vault: '/subscriptions/s', endpoint: 'https://management.azure.com' };
const refused = await openEngine({ getToken: () => 'no' }).then(() => 'opened', (error) => error.name);
console.log(JSON.stringify({ react: renderToString(createElement('azure-backup-jobs', properties)), vue: await vueToString(createSSRApp({ render: () => h('azure-backup-jobs', properties) })), refused }));
