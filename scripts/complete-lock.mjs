// Run after adding a package: names in package-lock.json the optional packages of other platforms that npm left out.
// npm drops those it could not look up while it wrote the lock, and `npm ci` then refuses the lock everywhere.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup/project.mjs';

const path = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

for (const row of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(row.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    // A range would need the registry to know the version: only exact ones can be written.
    if (lock.packages[key] !== undefined || !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) continue;
    const words = name.split(/[/-]/);
    const os = words.filter((word) => systems.includes(word));
    const cpu = words.filter((word) => processors.includes(word));
    if (os.length !== 1 || cpu.length !== 1) continue;
    lock.packages[key] = {
      version,
      cpu,
      ...(row.dev ? { dev: true } : {}),
      ...(words.includes('musl') ? { libc: ['musl'] } : {}),
      optional: true,
      os,
    };
    console.log(`+ ${name}@${version}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
