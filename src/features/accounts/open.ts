// Opens the room of people for a portal: its doors, its post office, and who sends a request.
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { openMailer } from '../../stores/mail/open.ts';
import { urls } from '../../web/urls.ts';
import type { Visitor } from '../../web/visitor.ts';
import type { OidcFacts } from './auth.ts';
import { unsubscribePath } from './mails.ts';
import { openPost } from './post.ts';
import type { DemoPerson } from './schemas.ts';
import { identify } from './service.ts';
import { type Doors, openDoors } from './sign-in.ts';

export type AccountSettings = {
  readonly publicUrl: string;
  readonly home: string;
  /** What signs cookies and links. */
  readonly secret: string;
  readonly mail: { readonly smtpUrl: string | null; readonly from: string };
  readonly oidc: OidcFacts | null;
  /** The server was started as a demonstration. */
  readonly demo: boolean;
  readonly demoPeople: readonly DemoPerson[];
  siteName(): Promise<string>;
};

export type Accounts = {
  readonly doors: Doors;
  identify(headers: IncomingHttpHeaders): Promise<Visitor>;
  /** Ends when the letter under way has left. */
  close(): Promise<void>;
};

export function openAccounts(
  { anyone, machine }: { readonly anyone: Context; readonly machine: Context },
  settings: AccountSettings,
): Accounts {
  const { publicUrl, secret, mail, oidc, demo, demoPeople, siteName } = settings;
  const folder = join(settings.home, 'mail');
  const post = openPost({
    context: machine,
    mailer: openMailer({ smtpUrl: mail.smtpUrl, folder }),
    from: mail.from,
    unsubscribePath: (personId) => unsubscribePath(secret, personId),
    site: async () => ({ name: await siteName(), url: publicUrl, accountUrl: publicUrl + urls.account() }),
  });
  const mailFolder = mail.smtpUrl === null ? folder : null;
  const doors = openDoors(anyone, {
    publicUrl,
    secret,
    oidc,
    demo,
    demoPeople,
    mailFolder,
    siteName,
    wakePost: post.wake,
  });
  return {
    doors,
    identify: (headers) => identify(anyone, { secret, secure: doors.secure, demo }, headers),
    close: () => post.close(),
  };
}
