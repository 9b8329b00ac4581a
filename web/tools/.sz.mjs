import {build,transform} from 'esbuild';import {readFileSync} from 'fs';import {brotliCompressSync,constants} from 'zlib';
const br=b=>brotliCompressSync(Buffer.from(b),{params:{[constants.BROTLI_PARAM_QUALITY]:11}}).length;
const js=readFileSync(process.argv[2]||'build/wasm/engine.js','utf8');
const m=(await transform(js,{minify:true,format:'esm',target:'es2022'})).code;console.log('engine.js min',m.length,br(m));
const w=readFileSync((process.argv[2]||'build/wasm/engine.js').replace('.js','.wasm'));console.log('wasm',w.length,br(w));
