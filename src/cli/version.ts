// `terroir version …`: what a dataset was, what changed, and what must be put back or destroyed.

import { readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import { type App, openApp } from '../doors.ts';
import { approveVersion, getVersions, listPurges, returnVersion, verifyDataset } from '../features/catalog/service.ts';
import { diffVersions, purgeVersions, restoreVersion } from '../features/versions/service.ts';
import { TerroirError } from '../lib/errors.ts';
import { type Call, type Command, mustHave, optionText } from './command.ts';

export const versionCommand: Command = {
  help: 'cli.help.version',
  options: { reason: { type: 'string' } },
  async run(call) {
    const [name = '', id] = call.positionals;
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (verb === undefined)
      throw new TerroirError('usage.invalid', { reason: `version ${Object.keys(verbs).join(' | ')}` });
    const dataset = mustHave(call, id, 'ID');
    const app: App = await openApp(readSettings(call.env));
    try {
      await verb(call, app.contextFor({ kind: 'operator' }), dataset);
      return 0;
    } finally {
      await app.close();
    }
  },
};

const verbs: Readonly<Record<string, (call: Call, context: Context, id: string) => Promise<void>>> = {
  list: async (call, context, id) => {
    const [purges, versions] = [await listPurges(context, id), await versionsOf(context, id)];
    for (const v of versions) {
      const restored = v.restoredFrom === null ? '' : `\t← ${v.restoredFrom}`;
      call.output.line(`${v.number}\t${v.createdAt.toISOString()}\t${v.rows}\t${v.file.name}${restored}`);
    }
    for (const p of purges) call.output.line(`† ${p.versions.join(', ')}\t${p.at.toISOString()}\t${p.reason}`);
    const facts = versions.map(({ key: _key, profiles: _profiles, ...shown }) => shown);
    call.output.answer({ versions: facts, purges });
  },
  diff: async (call, context, id) => {
    const [from, to] = [numberAt(call, 2, 'A'), numberAt(call, 3, 'B')];
    const diff = await diffVersions(context, id, from, to);
    const { added, removed, modified, unchanged } = diff;
    call.output.say('cli.version.diff', { from, to, added, removed, modified, unchanged });
    for (const { kind, column } of diff.columns) call.output.line(`${kind}\t${column}`);
    for (const { key, changes } of diff.listed.modified)
      for (const change of changes)
        call.output.line(`${key.join(' ')}\t${change.column}\t${change.from ?? ''} → ${change.to ?? ''}`);
    call.output.answer({ from, to, ...diff });
  },
  restore: async (call, context, id) => {
    const from = numberAt(call, 2, 'N');
    const done = await restoreVersion(context, id, from);
    call.output.say('cli.done.restored', { number: done.number, from });
    if (done.secondReading) call.output.say('cli.done.secondReading', { id, number: done.number });
    call.output.answer({ id, restoredFrom: from, ...done });
  },
  verify: async (call, context, id) => {
    await verifyDataset(context, id);
    call.output.say('cli.done.verified', { id });
    call.output.answer({ id, verified: true });
  },
  purge: async (call, context, id) => {
    const named = call.positionals.slice(2).map((_text, index) => numberAt(call, index + 2, 'N'));
    const reason = mustHave(call, optionText(call, 'reason'), '--reason');
    const purge = await purgeVersions(context, { id, numbers: named.length === 0 ? null : named, reason });
    const { destroyed, kept, versions } = purge;
    const files = destroyed.length;
    call.output.say('cli.done.purged', { id, versions: versions.join(', '), files, purge: purge.id });
    for (const { sha256, usedBy } of kept)
      call.output.say('cli.done.purgeKept', { sha256, datasets: usedBy.join(', ') || '…' });
    call.output.answer(purge);
  },
  approve: async (call, context, id) => {
    const number = numberAt(call, 2, 'N');
    await approveVersion(context, id, number);
    call.output.say('cli.done.approved', { id, number });
    call.output.answer({ id, version: number, state: 'published' });
  },
  return: async (call, context, id) => {
    const number = numberAt(call, 2, 'N');
    await returnVersion(context, id, number, mustHave(call, optionText(call, 'reason'), '--reason'));
    call.output.say('cli.done.returned', { id, number });
    call.output.answer({ id, version: number, state: 'returned' });
  },
};

/** Of a dataset that was withdrawn, what was destroyed is all that there is to list. */
async function versionsOf(context: Context, id: string) {
  return getVersions(context, id).catch((error: unknown) => {
    if (error instanceof TerroirError && error.code === 'dataset.withdrawn') return [];
    throw error;
  });
}

/** @throws TerroirError usage.invalid when there is no whole number at that place */
function numberAt(call: Call, place: number, name: string): number {
  const text = mustHave(call, call.positionals[place], name);
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new TerroirError('usage.invalid', { reason: `${name} = ${text}` });
  return Number(text);
}
