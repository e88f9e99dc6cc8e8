// Letters as files, for a portal without a mail server: TERROIR_HOME/mail, one .eml a letter, newest last by name.
import { chmod, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readEml, writeEml } from './eml.ts';
import { type Letter, type Mailer, MailRefused } from './mailer.ts';

/** Writes letters into a folder that its owner alone may read: some of them open doors. */
export function openMailFolder(folder: string): Mailer {
  return {
    async send(letter) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await chmod(folder, 0o700);
        const name = `${letter.at.toISOString().replace(/[:.]/g, '-')}-${letter.id.replace(/[^\w]/g, '').slice(0, 40)}`;
        const path = join(folder, `${name}.eml`);
        await writeFile(`${path}.part`, writeEml(letter), { mode: 0o600 });
        await rename(`${path}.part`, path);
      } catch (error) {
        throw new MailRefused(error instanceof Error ? error.message : String(error), false, { cause: error });
      }
    },
    close() {},
  };
}

/** The letters of a folder, newest first; none when there is no folder. */
export async function readMailFolder(folder: string, limit: number): Promise<readonly Letter[]> {
  const names = await readdir(folder).catch(() => []);
  const newest = names
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .reverse()
    .slice(0, limit);
  const letters = await Promise.all(newest.map(async (name) => readEml(await readFile(join(folder, name), 'utf8'))));
  return letters.filter((letter) => letter !== null);
}
