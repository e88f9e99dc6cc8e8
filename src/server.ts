// Opens the portal and closes it in order: the lock of TERROIR_HOME, the doors, the demonstration, the port.

import type { FastifyInstance } from 'fastify';
import { demoPeople } from '../territories/demo/people.ts';
import { buildPortal } from './app.ts';
import type { Output } from './cli/output.ts';
import type { Settings } from './config.ts';
import type { Context, Log } from './context.ts';
import { openApp } from './doors.ts';
import { installDemoPeople, makeAdministratorLink, needsAdministrator } from './features/accounts/service.ts';
import { installDemoConsolidations } from './features/harmonisation/demo.ts';
import { installDemo } from './features/publish/demo.ts';
import { installDemoStories } from './features/stories/demo.ts';
import { TerroirError } from './lib/errors.ts';
import { registryOf } from './registry.ts';
import { lockHome } from './stores/metadata/lock.ts';

/** What answers under way have left to end, once the server was told to stop. */
const graceMilliseconds = 2000;

/**
 * Serves until SIGINT or SIGTERM.
 * @throws TerroirError home.busy, port.taken, database.unreachable
 */
export async function serve(settings: Settings, options: { demo: boolean; output: Output }): Promise<void> {
  const { output } = options;
  const stop = stopSignal();
  const unlock = await lockHome(settings.home);
  try {
    const app = await openApp(settings, jsonLog);
    try {
      if (options.demo) {
        await installDemo(
          app.contextFor({ kind: 'operator' }),
          (title) => output.step('cli.progress.demo', { title }),
          stop,
        );
        await installDemoPeople(app.contextFor({ kind: 'operator' }), demoPeople);
        await installDemoConsolidations(app.contextFor({ kind: 'operator' }), registryOf(settings));
        await installDemoStories(app.contextFor({ kind: 'operator' }));
      }
      if (stop.aborted) return;
      const portal = await buildPortal(app, settings, jsonLog, { demo: options.demo });
      try {
        await listen(portal, settings);
        output.say('cli.ready', { url: settings.publicUrl });
        await tellAdministrator(app.contextFor({ kind: 'operator' }), settings, output);
        await once(stop);
        output.say('cli.stopping');
      } finally {
        // Also when the port was taken: what works beside the answers ends before the doors close.
        await closePortal(portal);
      }
    } finally {
      await app.close();
    }
  } finally {
    await unlock();
  }
}

/** A browser may hold a connection open that never asks anything: it is not waited for. */
async function closePortal(portal: FastifyInstance): Promise<void> {
  const impatient = setTimeout(() => portal.server.closeAllConnections(), graceMilliseconds);
  await portal.close();
  clearTimeout(impatient);
}

/** The first start of a platform that nobody administers tells a link, once; `terroir admin-link` makes another. */
async function tellAdministrator(context: Context, settings: Settings, output: Output): Promise<void> {
  if (!(await needsAdministrator(context))) return;
  const { path } = await makeAdministratorLink(context);
  output.say('cli.adminLink', { url: settings.publicUrl + path });
}

type Listener = { listen(address: { port: number; host: string }): Promise<string> };

async function listen(portal: Listener, settings: Settings): Promise<void> {
  try {
    await portal.listen({ port: settings.port, host: settings.host });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new TerroirError('port.taken', { port: settings.port });
    throw error;
  }
}

/** Aborted at the first signal; a second one changes nothing: the terminal sends one to each process, npm repeats it. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}

function once(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** One JSON object per line on standard error: what happened, never a person's data. */
const jsonLog: Log = {
  info() {},
  warn: (facts, sentence) => write('warn', facts, sentence),
  error: (facts, sentence) => write('error', facts, sentence),
};

function write(level: string, facts: Record<string, unknown>, sentence: string): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, sentence, ...facts })}\n`);
}
