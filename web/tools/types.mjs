// The package's types: what TypeScript writes of each source, without what only the sources need, in one file an entry and one that they share.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root, run } from './setup.mjs';

const emitted = join(root, 'build', 'types');
const shared = 'types';

/** TypeScript's own text, cut at what begins in the first column: statements, each with its comment. */
function statements_of(text) {
  const statements = [];
  let comment = '';
  let lines = [];
  const end = () => {
    if (lines.length) statements.push({ comment, text: lines.join('\n') });
    if (lines.length) comment = '';
    lines = [];
  };
  let in_comment = false;
  for (const line of text.split('\n')) {
    if (in_comment || line.startsWith('/**')) {
      if (!in_comment) end();
      comment = line.startsWith('/**') ? line : `${comment}\n${line}`;
      in_comment = !line.includes('*/');
    } else if (/^[A-Za-z]/.test(line)) {
      end();
      lines = [line];
    } else if (line) lines.push(line);
  }
  end();
  return statements;
}

/** A class as others see it: what is private or protected needs types that are nobody's business. */
function without_inner_members(text) {
  const [head, ...body] = text.split('\n');
  const kept = [];
  let member = [];
  for (const line of body) {
    member.push(line);
    const is_whole = line === '}' || (/^ {4}\S.*;$|^ {4}[}\]].*;?$/.test(line) && !/^ {4}(\/\*\*|\*)/.test(line));
    if (!is_whole) continue;
    const code = member.find((one) => !/^ {4}\/\*\*|^ {5}\*/.test(one)) ?? '';
    if (!/^ {4}(private|protected|static (readonly watched|readonly styles|get observedAttributes))\b/.test(code)) kept.push(...member);
    member = [];
  }
  return [head, ...kept, ...member].join('\n');
}

/** What one source declares, and what it hands on. */
function read_source(file) {
  const declared = new Map();
  const handed_on = [];
  const globals = [];
  const imported = new Map();
  const target = (specifier) => join(dirname(file), specifier.replace(/\.ts$/, '.d.ts'));
  for (const { comment, text } of statements_of(readFileSync(file, 'utf8'))) {
    const from = /from '([^']+)';$/.exec(text)?.[1];
    const names = () => [.../\{([^}]*)\}/s.exec(text)[1].matchAll(/(?:type )?(\w+)(?: as (\w+))?/g)].map(([, name, other]) => [name, other ?? name]);
    if (/^export (type )?\* from/.test(text)) handed_on.push({ from: target(from), all: true });
    else if (/^export (type )?\{\}/.test(text)) continue;
    else if (/^export (type )?\{/.test(text)) for (const [name, other] of names()) handed_on.push({ from: from ? target(from) : file, name, other });
    else if (text.startsWith('import')) {
      if (from?.startsWith('.') && text.includes('{')) for (const [name, other] of names()) imported.set(other, { from: target(from), name });
    } else if (text.startsWith('declare global')) globals.push(text);
    else {
      const name = /^(?:export )?(?:declare )?(?:abstract )?(?:class|interface|type|function|const|let) (\w+)/.exec(text)?.[1];
      if (!name) throw new Error(`${file}: what is this? ${text.slice(0, 80)}`);
      const code = (/\bclass \w+/.test(text) ? without_inner_members(text) : text).replace(/^export /, '').replace(/^declare /, '');
      const before = declared.get(name);
      // Overloads.
      declared.set(name, { comment: before?.comment ?? comment, code: before ? `${before.code}\ndeclare ${code}` : code, is_exported: text.startsWith('export ') });
    }
  }
  return { declared, handed_on, globals, imported };
}

/**
 * Writes `<entry>.d.ts` for each of the entries' sources, and what several need into one more.
 * @param {Record<string, string>} entries paths of sources below web/src, by the names of entries
 */
export function write_types(entries, out) {
  rmSync(emitted, { recursive: true, force: true });
  mkdirSync(emitted, { recursive: true });
  run(join(root, 'node_modules', '.bin', 'tsc'), ['-p', join('web', 'tsconfig.types.json')]);
  const files = readdirSync(emitted, { recursive: true }).map((name) => join(emitted, name)).filter((name) => name.endsWith('.d.ts'));
  const sources = new Map(files.map((file) => [file, read_source(file)]));
  const entry_of = new Map(Object.entries(entries).map(([entry, source]) => [join(emitted, relative(join(root, 'web', 'src'), source).replace(/\.ts$/, '.d.ts')), entry]));

  /** Where a name that a source uses or hands on is declared. */
  const find = (file, name) => {
    const source = sources.get(file);
    if (!source) return undefined;
    if (source.declared.has(name)) return { file, name };
    const imported = source.imported.get(name);
    if (imported) return find(imported.from, imported.name);
    for (const one of source.handed_on) {
      const found = one.all ? find(one.from, name) : one.other === name ? find(one.from, one.name) : undefined;
      if (found) return found;
    }
    return undefined;
  };
  const exported_by = (file) => {
    const { declared, handed_on } = sources.get(file);
    const own = [...declared].filter(([, { is_exported }]) => is_exported).map(([name]) => name);
    return [...new Set([...own, ...handed_on.flatMap((one) => (one.all ? exported_by(one.from) : [one.other]))])];
  };

  const place = (file) => entry_of.get(file) ?? shared;
  const written = new Map();
  const in_file = (name) => written.get(name) ?? written.set(name, { needs: new Map(), declarations: new Map(), globals: new Set(), list: [] }).get(name);
  const take = (file, name) => {
    const target = in_file(place(file));
    const { comment, code, is_exported } = sources.get(file).declared.get(name);
    if (target.declarations.has(name)) {
      if (target.declarations.get(name).file !== file) throw new Error(`two things are called ${name}: ${file}, ${target.declarations.get(name).file}`);
      return;
    }
    target.declarations.set(name, { file, comment, code, is_exported });
    use(file, code, place(file), name);
  };
  /** `text`, of the source `file`, stands in the file `where`. */
  const use = (file, text, where, self) => {
    const words = text.replace(/\/\*\*.*?\*\//gs, '').replace(/'[^'\n]*'|"[^"\n]*"/g, '');
    for (const [word] of words.matchAll(/\b[A-Za-z_]\w*\b/g)) {
      if (word === self || !(sources.get(file).declared.has(word) || sources.get(file).imported.has(word))) continue;
      const found = find(file, word);
      if (!found) continue;
      take(found.file, found.name);
      if (place(found.file) !== where) in_file(where).needs.set(found.name, place(found.file));
    }
  };
  for (const [file, entry] of entry_of) {
    const target = in_file(entry);
    for (const name of exported_by(file)) {
      const found = find(file, name);
      take(found.file, found.name);
      target.list.push({ name: found.name, from: place(found.file) });
      // What is global, names of elements and of events, is so with the entries that have the elements, and with no others.
      for (const text of sources.get(found.file).globals) {
        use(found.file, text, entry, '');
        target.globals.add(text);
      }
    }
  }

  for (const [name, { needs, declarations, globals, list }] of written) {
    const lines = [];
    const by_file = (pairs) => {
      const files = new Map();
      for (const [one, file] of pairs) files.set(file, [...(files.get(file) ?? []), one]);
      return [...files].sort();
    };
    for (const [file, names] of by_file(needs)) lines.push(`import type { ${names.sort().join(', ')} } from './${file}.js';`);
    const others = list.filter(({ from }) => from !== name).map((one) => [one.name, one.from]);
    for (const [file, names] of by_file(others)) lines.push(`export { ${names.sort().join(', ')} } from './${file}.js';`);
    for (const { comment, code, is_exported } of declarations.values()) {
      const is_plain = /^(interface|type) /.test(code);
      lines.push(...(comment && is_exported ? [comment] : []), `${is_exported ? 'export ' : ''}${is_plain ? '' : 'declare '}${code}`);
    }
    lines.push(...globals, 'export {};', '');
    writeFileSync(join(out, `${name}.d.ts`), lines.join('\n'));
  }
}
