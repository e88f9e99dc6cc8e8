// The room of people over HTTP: coming in, one's account, the people of organizations, letters. Every form works without JavaScript.
import type { FastifyInstance } from 'fastify';
import { accountPages } from './account-routes.ts';
import { takeForms } from './forms.ts';
import { mailRoutes } from './mail-routes.ts';
import { memberRoutes } from './member-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import type { AccountRoutesOptions } from './sign-in.ts';
import { signInRoutes } from './sign-in-routes.ts';

export async function accountRoutes(server: FastifyInstance, options: AccountRoutesOptions): Promise<void> {
  takeForms(server);
  // Who somebody is and whom they know is kept by nobody on the way, and told to no other site.
  server.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'private, no-store').header('referrer-policy', 'same-origin');
    if (!reply.hasHeader('x-robots-tag')) reply.header('x-robots-tag', 'noindex');
  });
  await signInRoutes(server, options);
  await accountPages(server, options);
  await memberRoutes(server, options);
  await peopleRoutes(server, options);
  await mailRoutes(server, options);
}
