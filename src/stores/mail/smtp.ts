// Letters by SMTP, through nodemailer, which is loaded when the first letter leaves.
import type { Transporter } from 'nodemailer';
import { writeEml } from './eml.ts';
import { addressOf, type Mailer, MailRefused } from './mailer.ts';

const seconds = 20_000;

/** Sends by the server of `url` (smtp:// or smtps://), over a few connections that are kept. */
export function openSmtp(url: string): Mailer {
  let opened: Promise<Transporter> | null = null;
  const transport = () => {
    opened ??= import('nodemailer').then(({ createTransport }) =>
      createTransport({
        url,
        pool: true,
        maxConnections: 2,
        connectionTimeout: seconds,
        greetingTimeout: seconds,
        socketTimeout: seconds,
        // Nothing is read from disk or fetched on behalf of a letter.
        disableFileAccess: true,
        disableUrlAccess: true,
      } as Parameters<typeof createTransport>[0]),
    );
    return opened;
  };
  return {
    async send(letter) {
      try {
        const smtp = await transport();
        await smtp.sendMail({ envelope: { from: addressOf(letter.from), to: letter.to }, raw: writeEml(letter) });
      } catch (error) {
        const { code, forGood } = answerOf(error);
        throw new MailRefused(`the mail server did not take it (${code})`, forGood, { cause: error });
      }
    },
    close() {
      opened?.then(
        (smtp) => smtp.close(),
        () => {},
      );
      opened = null;
    },
  };
}

/** A server's 5xx about the recipient is for good; the rest may pass. Its words are not repeated: they hold addresses. */
function answerOf(error: unknown): { readonly code: string; readonly forGood: boolean } {
  if (!(error instanceof Error)) return { code: 'unknown', forGood: false };
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null;
  const code = 'code' in error ? String(error.code) : error.name;
  const aboutRecipient = 'command' in error && error.command === 'RCPT TO';
  return { code: status === null ? code : `${code} ${status}`, forGood: aboutRecipient && (status ?? 0) >= 550 };
}
