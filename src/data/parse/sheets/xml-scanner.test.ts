import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attribute, decodeXml, scanXml, XmlBroken } from './xml-scanner.ts';

async function eventsOf(chunks: readonly Uint8Array[]): Promise<readonly string[]> {
  const events: string[] = [];
  let wasText = false;
  const add = (event: string, isText = false) => {
    // Pieces of one text are put together.
    if (isText && wasText) events.push(`${events.pop()}${event}`);
    else events.push(event);
    wasText = isText;
  };
  async function* source() {
    yield* chunks;
  }
  await scanXml(source(), {
    open: (name, attributes, empty) => add(`<${name}${attributes.trimEnd()}${empty ? '/' : ''}`),
    text: (text) => add(text, true),
    close: (name) => add(`>${name}`),
  });
  return events;
}

const page = `<?xml version="1.0"?><!-- a > b --><x:row r="1" note='a>b'><c/><t>É &amp; 😀</t><![CDATA[1 < 2 & 3]]></x:row >`;
const events = [...[`<row r="1" note='a>b'`, '<c/', '>c', '<t', 'É &amp; 😀', '>t', '1 < 2 &amp; 3', '>row']] as const;

test('names, attributes, texts and CDATA come in their order', async () => {
  expect(await eventsOf([Buffer.from(page)])).toEqual(events);
});

test('it does not matter where the chunks are cut', async () => {
  const bytes = Buffer.from(page);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 8 }), async (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
      expect(await eventsOf(chunks)).toEqual(events);
    }),
  );
});

test('what is cut in the middle of a tag is broken', async () => {
  await expect(eventsOf([Buffer.from('<a><b r="1')])).rejects.toBeInstanceOf(XmlBroken);
});

test('an attribute is found whatever its quotes and its neighbours', () => {
  const attributes = ` xr="no" r = 'B&amp;2' hidden="1" colspan=3 `;
  expect(attribute(attributes, 'r')).toBe('B&2');
  expect(attribute(attributes, 'hidden')).toBe('1');
  expect(attribute(attributes, 'colspan')).toBe('3');
  expect(attribute(attributes, 'absent')).toBeNull();
});

test('entities of a DTD are left alone, numbered signs are read', () => {
  expect(decodeXml('&#233;&#xE9;&lt;&bomb;&#0;')).toBe('éé<&bomb;');
});
