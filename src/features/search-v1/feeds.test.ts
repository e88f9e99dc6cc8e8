// Feeds as RSS 2.0 and RFC 4287 write them, by hand.
import { expect, test } from 'vitest';
import { writeFeed } from './feeds.ts';

const feed = {
  url: 'https://donnees.example.fr/datasets/arbres',
  self: 'https://donnees.example.fr/api/records/1.0/search?dataset=arbres&format=rss',
  title: 'Arbres <remarquables>',
  author: 'Ville d’essai',
  updated: new Date('2024-02-29T12:30:00Z'),
  items: [
    {
      url: 'https://donnees.example.fr/api/datasets/1.0/arbres/records/1',
      title: 'Platane & Cie',
      text: 'essence: Platane & Cie',
      updated: new Date('2024-02-29T12:30:00Z'),
      place: [47.39, 0.68] as const,
    },
  ],
};

test('rss: a channel and its items, texts escaped', () => {
  const written = writeFeed('rss', feed);
  expect(written).toContain('<title>Arbres &lt;remarquables&gt;</title>');
  expect(written).toContain('search?dataset=arbres&amp;format=rss"/>');
  expect(written).toContain(
    '<item>\n<title>Platane &amp; Cie</title>\n<link>https://donnees.example.fr/api/datasets/1.0/arbres/records/1</link>\n<guid isPermaLink="true">https://donnees.example.fr/api/datasets/1.0/arbres/records/1</guid>\n<description>essence: Platane &amp; Cie</description>\n<pubDate>Thu, 29 Feb 2024 12:30:00 GMT</pubDate>\n<georss:point>47.39 0.68</georss:point>\n</item>',
  );
});

test('atom: what RFC 4287 requires of a feed and of an entry', () => {
  const written = writeFeed('atom', feed);
  for (const part of [
    '<id>https://donnees.example.fr/api/records/1.0/search?dataset=arbres&amp;format=rss</id>',
    '<updated>2024-02-29T12:30:00.000Z</updated>',
    '<author><name>Ville d’essai</name></author>',
    '<entry>\n<id>https://donnees.example.fr/api/datasets/1.0/arbres/records/1</id>\n<title>Platane &amp; Cie</title>\n<updated>2024-02-29T12:30:00.000Z</updated>',
  ])
    expect(written).toContain(part);
});

test('nothing found: a feed without items, and no place for what is nowhere', () => {
  expect(writeFeed('rss', { ...feed, items: [] })).not.toContain('<item>');
  expect(writeFeed('atom', { ...feed, items: feed.items.map((item) => ({ ...item, place: null })) })).not.toContain(
    '<georss:point>',
  );
});
