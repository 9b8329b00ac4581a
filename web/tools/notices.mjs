// What others wrote and the builds contain: their licences' notices, and the bill of materials (CycloneDX) with every file's hashes.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { first_line_of, root } from './setup.mjs';

const mit = (copyright) => `MIT License

${copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software
without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR
PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** What every WebAssembly module of ours has of others; LLVM's exception asks for no notice in what is compiled, and gets one. */
function in_wasm() {
  const emscripten = first_line_of('em-config', ['EMSCRIPTEN_ROOT']).trim();
  const emscripten_version = first_line_of('emcc', ['-dumpversion']).trim();
  const [, json_version] = /version (\d[\d.]*)/.exec(readFileSync(json_header(), 'utf8').slice(0, 2000));
  return [
    { name: 'JSON for Modern C++', version: json_version, licence: 'MIT', purl: `pkg:github/nlohmann/json@v${json_version}`, text: mit('Copyright (c) 2013-2022 Niels Lohmann') },
    { name: 'Emscripten', version: emscripten_version, licence: 'MIT', purl: `pkg:github/emscripten-core/emscripten@${emscripten_version}`, text: mit('Copyright (c) 2010-2014 Emscripten authors') },
    { name: 'musl', version: `of Emscripten ${emscripten_version}`, licence: 'MIT', text: readFileSync(join(emscripten, 'system/lib/libc/musl/COPYRIGHT'), 'utf8').trim() },
    ...['libc++', 'libc++abi', 'compiler-rt'].map((name) => ({ name, version: `of Emscripten ${emscripten_version}`, licence: 'Apache-2.0 WITH LLVM-exception', text: 'Part of the LLVM Project, under the Apache License v2.0 with LLVM Exceptions: https://llvm.org/LICENSE.txt' })),
  ];
}

function json_header() {
  const [, folder] = /^ABJ_JSON_INCLUDE:PATH=(.*)$/m.exec(readFileSync(join(root, 'build', 'wasm', 'CMakeCache.txt'), 'utf8'));
  return join(folder, 'nlohmann', 'json.hpp');
}

function of_npm(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  return { name, version, licence: license, purl: `pkg:npm/${name.replace('@', '%40')}@${version}`, text: readFileSync(join(folder, file), 'utf8').trim() };
}

/** Everything of others in a build that has parts of these packages of npm. */
export const third_parties = (packages) => [...[...new Set(packages)].sort().map(of_npm), ...in_wasm()];

export function notices(parties) {
  const chapters = parties.map(({ name, version, licence, text }) => `## ${name}, ${version}\n\n${licence}\n\n${text}\n`);
  return `# Notices of others' software in azure-backup-jobs\n\n${chapters.join('\n')}`;
}

const hash = (algorithm, bytes, encoding) => createHash(algorithm).update(bytes).digest(encoding);

/**
 * The bill of materials: components of others, and each file with its hashes and, as a property, what `integrity` takes.
 * `left_out`: a folder in it that has its own. Without a time and a number of its own: two builds of one commit are the same.
 */
export function bill_of_materials(parties, folder, left_out = '') {
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name)).filter((path) => !left_out || !path.startsWith(join(folder, left_out, '/'))).sort();
  const components = [
    ...parties.map((party) => ({ type: 'library', name: party.name, version: party.version, ...(party.purl ? { purl: party.purl } : {}), licenses: [{ expression: party.licence }] })),
    ...files.map((path) => {
      const bytes = readFileSync(path);
      return {
        type: 'file',
        name: path.slice(folder.length + 1),
        hashes: [{ alg: 'SHA-384', content: hash('sha384', bytes, 'hex') }],
        properties: [{ name: 'integrity', value: `sha384-${hash('sha384', bytes, 'base64')}` }],
      };
    }),
  ];
  const subject = { type: 'library', name, version, purl: `pkg:npm/${name}@${version}`, licenses: [{ license: { id: license } }] };
  return `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata: { component: subject }, components }, null, 1)}\n`;
}
