// `terroir list`: the datasets of the catalogue, drafts included.

import { readSettings } from '../config.ts';
import { openApp } from '../doors.ts';
import type { DatasetSummary } from '../features/catalog/schemas.ts';
import { searchCatalog } from '../features/catalog/service.ts';
import { type Command, optionText } from './command.ts';

const pageSize = 100;

export const listCommand: Command = {
  help: 'cli.help.list',
  options: { search: { type: 'string' } },
  async run(call) {
    const app = await openApp(readSettings(call.env));
    try {
      const context = app.contextFor({ kind: 'operator' });
      const datasets: DatasetSummary[] = [];
      for (let page = 1; ; page++) {
        const found = await searchCatalog(context, {
          q: optionText(call, 'search') ?? '',
          selected: {},
          sort: 'title',
          page,
          pageSize,
        });
        datasets.push(...found.datasets);
        if (found.datasets.length < pageSize) break;
      }
      for (const d of datasets) call.output.line(`${d.id}\t${d.organization.slug}\t${d.rows ?? '–'}\t${d.title}`);
      call.output.answer({ datasets });
      return 0;
    } finally {
      await app.close();
    }
  },
};
