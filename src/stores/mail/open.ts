// Opens the door that the settings name.
import { openMailFolder } from './folder.ts';
import type { Mailer } from './mailer.ts';
import { openSmtp } from './smtp.ts';

/** SMTP when there is a server, else the folder. */
export function openMailer(settings: { readonly smtpUrl: string | null; readonly folder: string }): Mailer {
  return settings.smtpUrl === null ? openMailFolder(settings.folder) : openSmtp(settings.smtpUrl);
}
