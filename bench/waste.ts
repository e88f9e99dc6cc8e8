// The widget of waste: what it weighs, how soon it answers, how fast addresses find their sectors.
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { streetsOf } from '../src/features/waste/addresses.ts';
import type { WasteStreet } from '../src/features/waste/schemas.ts';
import { ask } from './client.ts';
import { openBenchFolder, projectRoot, runCli, startServer } from './processes.ts';
import { percentile } from './published.ts';
import { alone, type Measure } from './result.ts';

const sectors = 200;
const streets = 4000;
const addresses = 100_000;
const connections = 100;
const answers = 5000;

export async function waste(): Promise<readonly Measure[]> {
  const folder = await openBenchFolder();
  const env = { TERROIR_HOME: join(folder, 'home'), PORT: '3978', HOST: '127.0.0.1', RATE_LIMIT: 'off' };
  try {
    await runCli(['organization', 'add', 'banc', '--name', 'Banc de mesure'], env);
    await deposit('tournees', roundsTable(), folder, env);
    await deposit('voies', streetsTable(), folder, env);
    const server = await startServer(env);
    try {
      return [weight(), batch(), ...(await served(server.url)), ...(await seen(server.url))];
    } finally {
      server.child.kill('SIGTERM');
      await new Promise((resolve) => server.child.once('exit', resolve));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function deposit(id: string, table: string, folder: string, env: Record<string, string>): Promise<void> {
  const path = join(folder, `${id}.csv`);
  await writeFile(path, table);
  await runCli(['deposit', path, '--organization', 'banc', '--title', id, '--id', id, '--publish'], env);
}

const weekdays = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'];

function roundsTable(): string {
  const rows = Array.from({ length: sectors }, (_, i) =>
    ['ordures ménagères', 'emballages']
      .map((stream, k) => `37122;Joué-lès-Tours;Secteur ${i};${stream};gris;${weekdays[(i + 2 * k) % 5]};toutes;`)
      .join('\n'),
  );
  return `code_insee;commune;secteur;flux;bac;jour;semaine;consigne\n${rows.join('\n')}\n`;
}

function streetsTable(): string {
  const rows = Array.from(
    { length: streets },
    (_, i) => `37122;Joué-lès-Tours;Rue du Tilleul ${i};;Secteur ${i % sectors};`,
  );
  return `code_insee;commune;voie;cote;secteur;jours\n${rows.join('\n')}\n`;
}

/** The element's script and every piece that it imports, packed as they are served. */
function weight(): Measure {
  const folder = join(projectRoot, 'dist', 'public');
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, string>;
  const all = new Set([manifest['waste.js'] ?? '']);
  for (const name of all)
    for (const [, piece] of readFileSync(join(folder, name), 'utf8').matchAll(
      /from\s*"\.\/([^"]+)"|import\s*"\.\/([^"]+)"/g,
    ))
      if (piece !== undefined) all.add(piece);
  const bytes = [...all].reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
  return alone('waste-widget-weight', bytes / 1024, 'kB gz', '≤ 20');
}

function batch(): Measure {
  const all: WasteStreet[] = Array.from({ length: streets }, (_, i) => ({
    key: `rue du tilleul ${i}`,
    name: `Rue du Tilleul ${i}`,
    insee: '37122',
    side: null,
    from: null,
    to: null,
    sector: `s${i % sectors}`,
  }));
  const started = performance.now();
  let found = 0;
  for (let i = 0; i < addresses; i++)
    found += streetsOf(all, `${1 + (i % 90)} bis r. du Tilleul ${i % streets}, Joué-lès-Tours`, '37122').length;
  if (found !== addresses) throw new Error(`${found} of ${addresses} addresses were found`);
  return alone('waste-100k-addresses', (performance.now() - started) / 1000, 's', '< 30');
}

/** A hundred connections, each asking for the next collections of a sector as soon as it has read the last ones. */
async function served(url: string): Promise<readonly Measure[]> {
  const { sectors: known } = (await (await fetch(`${url}/api/v1/waste/sectors`)).json()) as {
    readonly sectors: readonly { readonly id: string }[];
  };
  const durations: number[] = [];
  const address = (i: number) =>
    `${url}/api/v1/waste/sectors/${known[i % known.length]?.id}/collections?count=4&from=2027-01-${10 + (i % 20)}`;
  const client = async (pause: number, until: number, first: number) => {
    // People do not come at the same instant.
    await new Promise((resolve) => setTimeout(resolve, (pause * first) / connections));
    for (let i = first; i < until; i += connections) {
      const started = performance.now();
      await ask(address(i));
      durations.push(performance.now() - started);
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };
  const round = async (pause: number, count: number) => {
    durations.length = 0;
    await Promise.all(Array.from({ length: connections }, (_, i) => client(pause, count, i)));
    return percentile(
      durations.toSorted((a, b) => a - b),
      0.95,
    );
  };
  await round(0, 1000);
  return [
    alone(
      'waste-next-p95-paced',
      await round(200, answers),
      'ms',
      '≤ 10 at 100 connections, 5 questions a second each',
    ),
    alone('waste-next-p95-flood', await round(0, answers), 'ms', '(as fast as they can)'),
  ];
}

/** In Chromium, on another site's page: from the answer to the days on the screen; the largest paint on a slow 4G line. */
async function seen(url: string): Promise<readonly Measure[]> {
  const executablePath = process.env['TERROIR_TEST_BROWSER'] ?? '/usr/bin/chromium';
  const { chromium } = await import('playwright-core');
  const page = `<!doctype html><html lang="fr"><title>Mairie</title><script type="module" src="${url}/elements/waste.js"></script><h1>Mairie</h1><terroir-waste base="${url}" commune="37122" sector="37122-secteur-7"></terroir-waste>`;
  const site = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(page));
  await new Promise<void>((resolve) => site.listen(3979, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const shown: number[] = [];
    for (let i = 0; i < 5; i++) {
      const window = await (await browser.newContext()).newPage();
      await window.addInitScript(() => {
        const look = () => {
          const there = document.querySelector('terroir-waste')?.shadowRoot?.querySelector('time');
          if (there) performance.mark('days');
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
      await window.goto('http://127.0.0.1:3979/', { waitUntil: 'commit' });
      await window.waitForFunction(() => performance.getEntriesByName('days').length > 0);
      shown.push(
        await window.evaluate(() => {
          const answer = performance.getEntriesByType('resource').find(({ name }) => name.includes('/waste/answer'));
          const days = performance.getEntriesByName('days')[0]?.startTime ?? Number.NaN;
          return days - ((answer as PerformanceResourceTiming | undefined)?.responseEnd ?? 0);
        }),
      );
      await window.context().close();
    }
    const slow = await (await browser.newContext({ viewport: { width: 360, height: 640 } })).newPage();
    const line = await slow.context().newCDPSession(slow);
    // Lighthouse's « slow 4G »: 1.6 Mb/s down, 750 kb/s up, 150 ms there and back; a phone's processor.
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: (1.6 * 1024 * 1024) / 8,
      uploadThroughput: (750 * 1024) / 8,
    });
    await line.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await slow.goto('http://127.0.0.1:3979/', { waitUntil: 'load' });
    await slow.waitForFunction(() => document.querySelector('terroir-waste')?.shadowRoot?.querySelector('time'));
    const largest = await slow.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({
            type: 'largest-contentful-paint',
            buffered: true,
          });
        }),
    );
    const whole = await slow.evaluate(() => performance.now());
    return [
      alone('waste-answer-to-screen', Math.max(...shown), 'ms', '≤ 200'),
      alone('waste-lcp-slow-4g', largest / 1000, 's', '< 2'),
      alone('waste-days-slow-4g', whole / 1000, 's', '(told, not bounded)'),
    ];
  } finally {
    await browser.close();
    site.close();
  }
}
