// Letters: written and read back, kept as files, and given to a mail server that we play.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { readEml, writeEml } from './eml.ts';
import { openMailFolder, readMailFolder } from './folder.ts';
import { addressOf, type Letter, MailRefused } from './mailer.ts';
import { openSmtp } from './smtp.ts';

const letter: Letter = {
  id: '12.abc@donnees.example.fr',
  from: 'Données de Touraine <donnees@example.fr>',
  to: 'secretariat@druye.example.fr',
  subject: 'Commune de Druye : votre lien pour entrer, l’été comme l’hiver',
  text: 'Bonjour,\n\nVoici votre lien.\n',
  html: '<p>Bonjour,</p><p>Voici votre lien : <a href="https://x.example/?a=1&amp;b=2">entrer</a></p>',
  at: new Date('2026-05-03T08:00:00.000Z'),
};

const homes: string[] = [];
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  for (const home of homes.splice(0)) await rm(home, { recursive: true, force: true });
});

test('a letter is read back as it was written', () => {
  expect(readEml(writeEml(letter))).toEqual(letter);
});

test('any subject and any text come back, and no line is too long or beyond ASCII', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (subject, text) => {
      const plain = subject.replace(/[\r\n\0]+/g, ' ').trim();
      if (plain.includes('=?')) return;
      const eml = writeEml({ ...letter, subject: plain, text });
      expect(readEml(eml)).toEqual({ ...letter, subject: plain, text });
      for (const line of eml.split('\r\n')) expect(line).toMatch(/^[\x20-\x7e]{0,998}$/);
    }),
  );
});

test('a line end in a value begins no other header', () => {
  const eml = writeEml({ ...letter, subject: 'A\r\nBcc: all@example.org', to: 'a@example.org\nBcc: b@example.org' });
  expect(eml).not.toMatch(/^Bcc:/m);
});

test('what is no letter of ours is not read', () => {
  expect(readEml('From: someone\r\n\r\nhello')).toBeNull();
});

test('letters are files that their owner alone reads, newest first', async () => {
  const home = await mkdtemp(join(tmpdir(), 'terroir-mail-'));
  homes.push(home);
  const folder = join(home, 'mail');
  expect(await readMailFolder(folder, 10)).toEqual([]);
  const mailer = openMailFolder(folder);
  const second = { ...letter, id: '13@x', at: new Date('2026-05-03T09:00:00.000Z') };
  await mailer.send(letter);
  await mailer.send(second);
  expect(await readMailFolder(folder, 10)).toEqual([second, letter]);
  expect(await readMailFolder(folder, 1)).toEqual([second]);
  const [name = ''] = await readdir(folder);
  expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
});

test('a folder that cannot be written is a refusal that may pass', async () => {
  const refused = openMailFolder('/dev/null/mail').send(letter);
  await expect(refused).rejects.toMatchObject({ name: 'MailRefused', forGood: false });
});

/** A mail server that answers each command as told, and keeps what it was given. */
async function playServer(answerToRecipient: string): Promise<{ readonly url: string; readonly given: string[] }> {
  const given: string[] = [];
  const server = createServer((socket) => {
    let inData = false;
    socket.write('220 mail.example\r\n');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      for (const line of String(chunk).split('\r\n').slice(0, -1)) {
        given.push(line);
        if (inData) {
          if (line !== '.') continue;
          inData = false;
          socket.write('250 taken\r\n');
        } else if (/^EHLO/i.test(line)) socket.write('250 mail.example\r\n');
        else if (/^RCPT/i.test(line)) socket.write(`${answerToRecipient}\r\n`);
        else if (/^DATA/i.test(line)) {
          inData = true;
          socket.write('354 go on\r\n');
        } else socket.write('250 ok\r\n');
      }
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, given };
}

test('a letter leaves by SMTP as it was written', async () => {
  const { url, given } = await playServer('250 ok');
  const mailer = openSmtp(url);
  await mailer.send(letter);
  mailer.close();
  expect(given.find((line) => /^MAIL FROM/i.test(line))).toContain('<donnees@example.fr>');
  expect(given.find((line) => /^RCPT TO/i.test(line))).toContain('<secretariat@druye.example.fr>');
  const data = given.slice(given.indexOf('DATA') + 1, given.indexOf('.')).join('\r\n');
  expect(readEml(`${data}\r\n`)).toEqual(letter);
});

test.each([
  ['550 no such user', true],
  ['451 try later', false],
])('« %s » is told for what it is, without the address', async (answer, forGood) => {
  const mailer = openSmtp((await playServer(answer)).url);
  const refusal = await mailer.send(letter).catch((error: unknown) => error);
  mailer.close();
  expect(refusal).toBeInstanceOf(MailRefused);
  expect(refusal).toMatchObject({ forGood });
  expect((refusal as Error).message).not.toContain('druye');
});

test('a server that is not there may come back', async () => {
  const mailer = openSmtp('smtp://127.0.0.1:1');
  await expect(mailer.send(letter)).rejects.toMatchObject({ forGood: false });
  mailer.close();
});

test.each([
  ['Données <a@b.fr>', 'a@b.fr'],
  ['a@b.fr', 'a@b.fr'],
])('the address of %s', (sender, address) => {
  expect(addressOf(sender)).toBe(address);
});
