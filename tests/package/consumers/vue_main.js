import { createApp } from 'vue';
import VueHost from './VueHost.vue';

createApp(VueHost).mount(document.body.appendChild(document.createElement('main')));
