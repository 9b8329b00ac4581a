// The custom-elements manifest of the package, read from the elements' sources, and the README's tables, which are made of it.
//   node web/tools/manifest.mjs        writes the tables into README.md (npm test fails where they are not what the sources say)
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, ts } from '@custom-elements-manifest/analyzer';
import { root } from './setup.mjs';

const folder = join('web', 'src', 'elements');

/** Which of the package's files has each element. */
const files = { AzureBackupJobs: 'elements-jobs.js', AzureBackupItems: 'elements-all.js', AzureBackupFailures: 'elements-all.js', AzureBackupJob: 'elements-job.js' };

const tag_of = (name) => name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();

/** `static watched` says which properties attributes say, too. */
const watched = {
  name: 'watched',
  analyzePhase({ node, moduleDoc }) {
    if (!ts.isPropertyDeclaration(node) || node.name.getText() !== 'watched' || !node.initializer) return;
    const owner = moduleDoc.declarations.find(({ name }) => name === node.parent.name?.getText());
    const visit = (part) => {
      if (ts.isPropertyAssignment(part) && part.initializer.kind === ts.SyntaxKind.TrueKeyword) {
        const fieldName = part.name.getText();
        owner.attributes = [...(owner.attributes ?? []), { name: fieldName.toLowerCase(), fieldName }];
      }
      ts.forEachChild(part, visit);
    };
    visit(node.initializer);
  },
};

/** What `HTMLElementEventMap` says of events. */
function event_types(sources) {
  const types = new Map();
  for (const text of sources) for (const [, name, type] of text.matchAll(/^ {4}'(backup-[a-z-]+)': (CustomEvent<\w+>);$/gm)) types.set(name, type);
  return types;
}

/** The custom properties, of the theme's palette and of every `var(--backup-jobs-…, default)`. */
function custom_properties(sources) {
  const properties = new Map();
  for (const text of sources) {
    for (const [, name, light, dark] of text.matchAll(/^ {2}'([a-z0-9-]+)': \['(#\w+)', '(#\w+)'\],$/gm)) properties.set(`--backup-jobs-${name}`, `light-dark(${light}, ${dark})`);
    for (const [, name, rest] of text.matchAll(/var\((--backup-jobs-[a-z-]+), ([^;]*)/g)) {
      let depth = 1;
      const end = [...rest].findIndex((character) => (depth += character === '(' ? 1 : character === ')' ? -1 : 0) === 0);
      if (!properties.has(name)) properties.set(name, rest.slice(0, end));
    }
  }
  return [...properties].map(([name, value]) => ({ name, default: value }));
}

/** What the names of parts do not say by themselves. */
const about_parts = {
  notice: 'how the asking goes, where it goes badly',
  freshness: 'how old what is shown is',
  filter: 'a filter that is on',
  pill: 'what is new, held back while someone reads',
  older: 'reads more of the past',
  drawer: 'the job beside the list',
  run: 'an earlier run',
  legend: 'of the strips',
};

/** The parts in an element's source and in what it draws with. */
function parts_of(name, texts) {
  const seen = new Set([name]);
  const parts = new Set();
  for (const one of seen) {
    const text = texts.get(one);
    for (const [, specifier] of text.matchAll(/(?:^import (?!type)[^;]*? from |^export [^;]*? from |import\()'(\.[^']+)'/gm)) {
      const path = join(one, '..', specifier);
      if (texts.has(path)) seen.add(path);
    }
    for (const [, part] of text.matchAll(/\bpart(?:="|', ')([a-z- ]+)["']/g)) for (const word of part.split(' ')) parts.add(word);
  }
  return [...parts].sort().map((part) => ({ name: part, ...(about_parts[part] ? { description: about_parts[part] } : {}) }));
}

const is_public = (member) => !member.static && !['private', 'protected'].includes(member.privacy) && !member.name.startsWith('#') && !/^(renderRoot|updateComplete|requestUpdate|speak|\w+Callback)$/.test(member.name);

export function manifest() {
  const names = readdirSync(join(root, folder), { recursive: true }).map(String).filter((name) => name.endsWith('.ts')).sort();
  const texts = names.map((name) => readFileSync(join(root, folder, name), 'utf8'));
  const modules = names.map((name, at) => ts.createSourceFile(join(folder, name), texts[at], ts.ScriptTarget.ES2022, true));
  const analyzed = create({ modules, plugins: [watched] });
  const types = event_types(texts);
  const cssProperties = custom_properties(texts);
  const text_of = new Map(names.map((name, at) => [name, texts[at]]));
  const declared = analyzed.modules.flatMap(({ declarations }) => declarations);
  const strip = ({ inheritedFrom: _, privacy: __, ...rest }) => rest;
  const elements = Object.keys(files).map((name) => {
    const { description, members, attributes, events, slots } = declared.find((one) => one.kind === 'class' && one.name === name);
    const shown = members.filter(is_public).map(strip);
    const of = new Map(shown.map((member) => [member.name, member]));
    return {
      kind: 'class',
      name,
      tagName: tag_of(name),
      customElement: true,
      superclass: { name: 'HTMLElement' },
      description: description?.trim(),
      members: shown,
      attributes: [...new Map(attributes.filter(({ fieldName }) => of.has(fieldName)).map((one) => [one.name, { name: one.name, fieldName: one.fieldName, type: { text: 'string' }, description: of.get(one.fieldName).description }])).values()],
      events: events.filter(({ name: event }) => event.startsWith('backup-')).map((event) => ({ name: event.name, type: { text: types.get(event.name) ?? fail(`${event.name} has no type in HTMLElementEventMap`) }, description: event.description })),
      ...(slots ? { slots } : {}),
      cssParts: parts_of(`${name.replace(/(?!^)[A-Z]/g, '_$&').toLowerCase()}.ts`, text_of),
      cssProperties,
    };
  });
  const path = (name) => `dist/lib/${files[name]}`;
  const module_of = (file) => ({
    kind: 'javascript-module',
    path: `dist/lib/${file}`,
    declarations: elements.filter(({ name }) => files[name] === file),
    exports: elements.filter(({ name }) => files[name] === file).map(({ name }) => ({ kind: 'js', name, declaration: { name, module: path(name) } })),
  });
  const registering = (file, some) => ({
    kind: 'javascript-module',
    path: `dist/lib/${file}`,
    declarations: [],
    exports: some.map((name) => ({ kind: 'custom-element-definition', name: tag_of(name), declaration: { name, module: path(name) } })),
  });
  return {
    schemaVersion: '1.0.0',
    modules: [
      ...[...new Set(Object.values(files))].sort().map(module_of),
      registering('register-all.js', Object.keys(files)),
      registering('register-job.js', ['AzureBackupJob']),
      registering('register-jobs.js', ['AzureBackupJob', 'AzureBackupJobs']),
    ],
  };
}

function fail(message) {
  throw new Error(message);
}

const cell = (text) => String(text ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
const table = (heads, rows) => [`| ${heads.join(' | ')} |`, `| ${heads.map(() => '---').join(' | ')} |`, ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`)].join('\n');
const code = (text) => (text ? `\`${text}\`` : '–');

/** The tables by their names, as they stand between `<!-- elements: name -->` and `<!-- end -->` in the README. */
function tables() {
  const elements = manifest().modules.flatMap(({ declarations }) => declarations);
  const made = new Map();
  for (const { tagName, members, attributes, events, cssParts, slots = [] } of elements) {
    const attribute_of = new Map(attributes.map(({ name, fieldName }) => [fieldName, name]));
    const properties = members.filter(({ kind }) => kind === 'field').map(({ name, type, description }) => [code(name), code(attribute_of.get(name)), code(type?.text), description]);
    const methods = members.filter(({ kind }) => kind === 'method').map(({ name, parameters = [], description }) => [code(`${name}(${parameters.map((one) => one.name).join(', ')})`), description]);
    const fired = events.map(({ name, type, description }) => [code(name), code(type.text.slice('CustomEvent<'.length, -1)), description]);
    made.set(tagName, [
      table(['property', 'attribute', 'type', 'what'], properties),
      ...(methods.length ? [table(['method', 'what'], methods)] : []),
      table(['event', '`detail`', 'when'], fired),
      `Parts: ${cssParts.map(({ name, description }) => `\`${name}\`${description ? ` (${description})` : ''}`).join(', ')}.${slots.length ? ` Slots: ${slots.map(({ name, description }) => `\`${name}\` (${description})`).join(', ')}.` : ''}`,
    ].join('\n\n'));
  }
  made.set('theme', table(['custom property', 'default'], elements[0].cssProperties.map(({ name, default: value }) => [code(name), code(value)])));
  return made;
}

/** The README with the tables as they should be. */
export function with_tables(readme) {
  let text = readme;
  for (const [name, made] of tables()) {
    const before = text;
    text = text.replace(new RegExp(`(<!-- elements: ${name} -->\n)[^]*?(<!-- end -->)`), (_, begin, end) => `${begin}${made}\n${end}`);
    if (text === before && !before.includes(made)) fail(`the README has no place for ${name}`);
  }
  return text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(root, 'README.md');
  writeFileSync(path, with_tables(readFileSync(path, 'utf8')));
}
