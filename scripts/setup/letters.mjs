// The outlines of letters that pictures are drawn with, written once from the fonts of a package.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';

const fonts = { sans: 'DejaVuSansCondensed.ttf', serif: 'DejaVuSerifCondensed.ttf' };
const folder = join(root, 'reference', 'letters');

export function ensureLetters() {
  for (const [name, file] of Object.entries(fonts)) {
    const target = join(folder, `${name}.json`);
    if (existsSync(target)) continue;
    mkdirSync(folder, { recursive: true });
    const font = join(root, 'node_modules', 'dejavu-fonts-ttf', 'ttf', file);
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'outline-font.mjs'), font, target]);
    if (status !== 0) throw new Error(`${file}: ${String(stderr)}`);
  }
}
