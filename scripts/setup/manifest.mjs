// package.json promises commands, settings, views, texts and files; nothing but this reads both it and the code.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One sentence for each promise of the manifest that the code does not keep, and the other way round. */
export function manifestProblems(root) {
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  const manifest = JSON.parse(text);
  const code = readCode(join(root, 'src/extension'));
  return [
    ...textProblems(text, readFileSync(join(root, 'package.nls.json'), 'utf8')),
    ...commandProblems(manifest.contributes, code),
    ...nameProblems(manifest.contributes, code),
    ...fileProblems(manifest, root),
    ...versionProblems(manifest),
  ];
}

function textProblems(manifestText, nlsText) {
  const used = new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]));
  const known = Object.keys(JSON.parse(nlsText));
  return [
    ...[...used].filter((key) => !known.includes(key)).map((key) => `%${key}% has no text in package.nls.json.`),
    ...known.filter((key) => !used.has(key)).map((key) => `package.nls.json: nothing uses ${key}.`),
  ];
}

function commandProblems(contributes, code) {
  const declared = contributes.commands.map((command) => command.command);
  const registered = [...code.matchAll(/(?:^\s*|registerCommand\()'(slipway\.\w+)'(?:: (?:async )?\(|, )/gm)].map(
    (match) => match[1],
  );
  const mentioned = Object.values(contributes.menus ?? {}).flatMap((items) => items.map((item) => item.command));
  return [
    ...contributes.commands.filter((each) => !each.category).map((each) => `${each.command} has no category.`),
    ...declared.filter((id) => !registered.includes(id)).map((id) => `${id} is declared, but no code registers it.`),
    ...registered.filter((id) => !declared.includes(id)).map((id) => `${id} is registered, but package.json lacks it.`),
    ...mentioned.filter((id) => id && !declared.includes(id)).map((id) => `A menu shows ${id}, which is not declared.`),
  ];
}

function nameProblems(contributes, code) {
  const settings = contributes.configuration.flatMap((section) => Object.keys(section.properties));
  const views = Object.values(contributes.views).flatMap((list) => list.map((view) => view.id));
  return [
    ...settings
      .filter((key) => !code.includes(`'${key}'`) && !code.includes(`'${key.replace('slipway.', '')}'`))
      .map((key) => `The setting ${key} is read nowhere.`),
    ...views.filter((id) => !code.includes(`'${id}'`)).map((id) => `The view ${id} is filled nowhere.`),
  ];
}

function fileProblems(manifest, root) {
  const icons = [...JSON.stringify(manifest).matchAll(/"(media\/[^"]+)"/g)].map((match) => match[1]);
  const missing = icons.filter((path) => !existsSync(join(root, path)));
  return missing.map((path) => `package.json names ${path}, which is not there.`);
}

function versionProblems({ engines, devDependencies }) {
  const floor = engines.vscode.replace('^', '');
  const types = devDependencies['@types/vscode'];
  return floor === types ? [] : [`engines.vscode is ${floor}, but the code is compiled against ${types}.`];
}

function readCode(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
  return files.map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8')).join('\n');
}
