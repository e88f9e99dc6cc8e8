// Makes the folder of an npm package of the elements: scripts, types, README of their own comments, licence. `node scripts/package-elements.mjs [FOLDER]`
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { elementNotes } from './document-elements.mjs';
import { dist, root } from './setup/project.mjs';

/** @param {string} [folder] where it is made; what was there goes. @returns {Promise<string>} the folder */
export async function packageElements(folder = join(dist, 'elements-package')) {
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const notes = elementNotes();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: notes.map(({ script }) => `src/elements/${script}.ts`),
    outdir: folder,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: ['es2022', 'safari16'],
    logLevel: 'silent',
  });
  for (const note of notes) writeFileSync(join(folder, `${note.script}.d.ts`), typesOf(note));
  writeFileSync(join(folder, 'README.md'), readmeOf(notes));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifestOf(notes, version, license), null, 2)}\n`);
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  return folder;
}

function manifestOf(notes, version, license) {
  return {
    name: 'terroir-elements',
    version,
    description: 'Custom elements that show the open data of a Terroir portal: table, map, chart, figure.',
    license,
    type: 'module',
    sideEffects: true,
    files: ['*.js', '*.d.ts', 'chunks', 'README.md', 'LICENSE'],
    exports: Object.fromEntries(
      notes.map(({ script }) => [`./${script}.js`, { types: `./${script}.d.ts`, default: `./${script}.js` }]),
    ),
  };
}

const camel = (name) => name.replace(/-([a-z])/g, (_dash, letter) => letter.toUpperCase());

/** The element's attributes, for programs that make it. */
function typesOf({ tag, text, attributes }) {
  const name = camel(`-${tag}`);
  const lines = attributes
    .filter((attribute) => /^[a-z-]+$/.test(attribute.name))
    .map(
      (attribute) =>
        `  /** ${attribute.text} Attribute: \`${attribute.name}\`. */\n  getAttribute(name: '${attribute.name}'): string | null;`,
    );
  return `/** ${text} */\nexport interface ${name} extends HTMLElement {\n${lines.join('\n')}\n  getAttribute(name: string): string | null;\n}\ndeclare global {\n  interface HTMLElementTagNameMap {\n    '${tag}': ${name};\n  }\n}\n`;
}

function readmeOf(notes) {
  const table = (title, rows) =>
    rows.length === 0
      ? ''
      : `\n| ${title} | |\n|---|---|\n${rows.map(({ name, text }) => `| \`${name}\` | ${text.replaceAll('|', '\\|')} |`).join('\n')}\n`;
  const parts = notes.map(
    ({ tag, script, text, attributes, parts: styled, properties, example }) =>
      `## \`<${tag}>\`\n\n${text}\n\n\`\`\`html\n<script type="module" src="${script}.js"></script>\n${example ?? ''}\n\`\`\`\n${table('Attribute', attributes)}${table('Part', styled)}${table('CSS property', properties)}`,
  );
  return `# terroir-elements\n\nCustom elements that show the open data of a Terroir portal on any page. \`base\` names the portal. No cookie, no storage; source, licence and date are always printed.\n\n${parts.join('\n')}`;
}

if (process.argv[1] === import.meta.filename) console.log(await packageElements(process.argv[2]));
